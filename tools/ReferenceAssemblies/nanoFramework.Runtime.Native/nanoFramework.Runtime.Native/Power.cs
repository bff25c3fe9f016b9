namespace nanoFramework.Runtime.Native;

public class Power
{
    public static extern void RebootDevice(RebootOption rebootOption = (RebootOption)0);
    public static extern void RebootDevice(int exeConstraintTimeout, RebootOption rebootOption = (RebootOption)0);
}
