namespace System.Device.I2c;

public struct I2cTransferResult
{
    private uint _bytesTransferred;
    private I2cTransferStatus _status;

    public extern uint BytesTransferred { get; }
    public extern I2cTransferStatus Status { get; }
}
