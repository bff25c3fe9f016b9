using Http2Nano.Boards.Tests;

namespace System.Device.I2c
{
    public sealed class I2cConnectionSettings
    {
        public I2cConnectionSettings(int busId, int deviceAddress)
        {
            DeviceAddress = deviceAddress;
        }

        public int DeviceAddress { get; }
    }

    public struct I2cTransferResult
    {
        internal I2cTransferResult(I2cTransferStatus status)
        {
            Status = status;
        }

        public I2cTransferStatus Status { get; }
    }

    /// <summary>A bus with an LM75 on it, or nothing.</summary>
    public class I2cDevice
    {
        public I2cDevice(I2cConnectionSettings settings)
        {
        }

        public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer)
        {
            byte[] value = FakeBoard.Present.SensorRegister;
            if (value == null)
            {
                return new I2cTransferResult(I2cTransferStatus.SlaveAddressNotAcknowledged);
            }

            readBuffer[0] = value[0];
            readBuffer[1] = value[1];
            return new I2cTransferResult(I2cTransferStatus.FullTransfer);
        }
    }
}

namespace nanoFramework.Hardware.Esp32
{
    public class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction value)
        {
        }
    }

    public enum DeviceFunction
    {
        I2C1_DATA = 0x20100,
        I2C1_CLOCK = 0x20101,
    }
}
