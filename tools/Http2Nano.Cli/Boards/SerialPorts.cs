using System;
using System.IO;
using System.IO.Ports;
using System.Linq;
using Http2Nano.Development;

namespace Http2Nano.Cli.Boards;

/// <summary>Finds the port that a board is connected to.</summary>
internal static class SerialPorts
{
    /// <summary>The named port, or the only one of the machine.</summary>
    /// <exception cref="UserException">There is no port, or there are several.</exception>
    public static string Choose(string? option, string? ofFile)
    {
        if (!string.IsNullOrEmpty(option))
        {
            return option;
        }

        if (!string.IsNullOrEmpty(ofFile))
        {
            return ofFile;
        }

        string[] ports = [.. SerialPort.GetPortNames().Where(IsBoard).Order(StringComparer.Ordinal)];
        return ports.Length switch
        {
            1 => ports[0],
            0 => throw new UserException("No board is connected to a serial port: connect it with a cable that carries data, or name the port with --port."),
            _ => throw new UserException($"There are several serial ports: name one with --port, of {string.Join(", ", ports)}."),
        };
    }

    /// <summary>Whether a port is not there, as far as files tell.</summary>
    public static bool IsMissing(string port) => !OperatingSystem.IsWindows() && !File.Exists(port);

    // On Linux every machine has serial ports without a device.
    private static bool IsBoard(string port) => !OperatingSystem.IsLinux() || port.Contains("USB", StringComparison.Ordinal) || port.Contains("ACM", StringComparison.Ordinal);
}
