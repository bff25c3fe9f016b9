using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Socket = System.Net.Sockets.Socket;

namespace Http2Nano.Boards.Tests
{
    /// <summary>
    /// Three network namespaces of Linux: two for boards, plugged into the third, which has avahi with a bus of its own. Nothing of
    /// it is seen outside.
    /// </summary>
    internal sealed class NetworkOfThree : IDisposable
    {
        internal const string BoardAddress = "10.77.0.1";
        internal const string SecondBoardAddress = "10.77.0.9";
        internal const string OtherAddress = "10.77.0.2";

        private const int NewNetwork = 0x40000000;

        private readonly string _board = "h2b" + Environment.ProcessId;
        private readonly string _second = "h2s" + Environment.ProcessId;
        private readonly string _other = "h2o" + Environment.ProcessId;
        private readonly string _folder = Directory.CreateTempSubdirectory("http2nano").FullName;
        private Process _bus;
        private Process _avahi;

        /// <summary>Makes it; the test is skipped, and why is said, where that cannot be.</summary>
        internal NetworkOfThree()
        {
            foreach (string tool in new[] { "ip", "unshare", "dbus-daemon", "avahi-daemon", "avahi-resolve", "avahi-browse" })
            {
                if (Run("sh", "-c", "PATH=$PATH:/usr/sbin:/sbin command -v " + tool).Length == 0)
                {
                    string missing = "There is no " + tool + " here (Debian: iproute2, dbus, avahi-daemon, avahi-utils).";
                    Assert.AreNotEqual("true", Environment.GetEnvironmentVariable("CI"), missing);
                    Assert.Inconclusive("Skipped: " + missing);
                }
            }

            Run("ip", "netns", "add", _other);
            Run("ip", "-n", _other, "link", "add", "eth0", "type", "bridge");
            Run("ip", "-n", _other, "address", "add", OtherAddress + "/24", "dev", "eth0");
            Run("ip", "-n", _other, "link", "set", "lo", "up");
            Run("ip", "-n", _other, "link", "set", "eth0", "up");
            foreach ((string name, string address) in new[] { (_board, BoardAddress), (_second, SecondBoardAddress) })
            {
                Run("ip", "netns", "add", name);
                Run("ip", "-n", name, "link", "add", "eth0", "type", "veth", "peer", "name", name, "netns", _other);
                Run("ip", "-n", name, "address", "add", address + "/24", "dev", "eth0");
                Run("ip", "-n", name, "link", "set", "eth0", "up");
                Run("ip", "-n", _other, "link", "set", name, "master", "eth0", "up");
            }

            if (!Run("ip", "-n", _second, "address").Contains(SecondBoardAddress))
            {
                Dispose();
                Assert.Inconclusive("Skipped: network namespaces cannot be made here (it takes root).");
            }
        }

        /// <summary>A socket in the network of one of the boards.</summary>
        internal Socket Open(string address)
        {
            Socket socket = null;
            Exception failure = null;

            // The namespace is the thread's.
            Thread thread = new Thread(() =>
            {
                try
                {
                    using Microsoft.Win32.SafeHandles.SafeFileHandle name = File.OpenHandle("/var/run/netns/" + (address == BoardAddress ? _board : _second));
                    if (SetNamespace((int)name.DangerousGetHandle(), NewNetwork) != 0)
                    {
                        throw new InvalidOperationException("The namespace cannot be entered.");
                    }

                    socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            });
            thread.Start();
            thread.Join();
            return socket ?? throw failure;
        }

        /// <summary>Starts avahi and waits until it answers for its own name.</summary>
        internal void StartAvahi(string hostName)
        {
            File.WriteAllText(_folder + "/bus.conf", "<busconfig><type>system</type><listen>unix:path=" + _folder + "/bus</listen><auth>EXTERNAL</auth>"
                + "<policy context=\"default\"><allow own=\"*\"/><allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow user=\"*\"/></policy></busconfig>");
            File.WriteAllText(_folder + "/avahi.conf", "[server]\nhost-name=" + hostName + "\nuse-ipv6=no\nallow-interfaces=eth0\n[publish]\npublish-hinfo=no\npublish-workstation=no\n");
            _bus = Start("dbus-daemon", "--nofork", "--config-file=" + _folder + "/bus.conf");
            Assert.IsTrue(SpinWait.SpinUntil(() => File.Exists(_folder + "/bus"), 20000), "There is no bus.");
            _avahi = Start("ip", "netns", "exec", _other, "unshare", "--mount", "sh", "-c",
                "mkdir -p /run/avahi-daemon && mount -t tmpfs none /run/avahi-daemon && exec avahi-daemon --no-drop-root --no-chroot --no-rlimits -f " + _folder + "/avahi.conf");
            Assert.IsTrue(SpinWait.SpinUntil(() => Ask("avahi-resolve", "-4", "-n", hostName + ".local").Contains(OtherAddress), 60000), "avahi does not answer.");
        }

        /// <summary>What a tool says in avahi's network, at most for ten seconds.</summary>
        internal string Ask(params string[] command)
        {
            string[] all = new string[command.Length + 6];
            new[] { "ip", "netns", "exec", _other, "timeout", "60" }.CopyTo(all, 0);
            command.CopyTo(all, 6);
            return Run(all[0], all[1..]);
        }

        public void Dispose()
        {
            foreach (Process process in new[] { _avahi, _bus })
            {
                if (process != null)
                {
                    process.Kill(true);
                    process.WaitForExit();
                }
            }

            Run("ip", "netns", "delete", _board);
            Run("ip", "netns", "delete", _second);
            Run("ip", "netns", "delete", _other);
            Directory.Delete(_folder, true);
        }

        private string Run(string file, params string[] arguments)
        {
            try
            {
                using Process process = Start(file, arguments);
                string output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                return output;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return string.Empty;
            }
        }

        private Process Start(string file, params string[] arguments)
        {
            ProcessStartInfo start = new ProcessStartInfo(file, arguments);
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            start.Environment["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=" + _folder + "/bus";
            start.Environment["PATH"] = start.Environment["PATH"] + ":/usr/sbin:/sbin";
            Process process = Process.Start(start);
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return process;
        }

        [DllImport("libc", EntryPoint = "setns")]
        private static extern int SetNamespace(int descriptor, int type);
    }
}
