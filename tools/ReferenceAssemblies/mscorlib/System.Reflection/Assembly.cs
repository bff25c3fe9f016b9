namespace System.Reflection;

public class Assembly
{
    public virtual extern string FullName { get; }

    public static extern Assembly GetExecutingAssembly();
    public virtual extern Type[] GetTypes();
}
