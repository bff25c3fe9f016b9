namespace nanoFramework.Hardware.Esp32;

public enum DeviceFunction
{
    I2C1_DATA = 0x20100,
    I2C1_CLOCK = 0x20101,
    I2C2_DATA = 0x20200,
    I2C2_CLOCK = 0x20201,
}
