namespace System.IO;

public static class Directory
{
    public static extern bool Exists(string path);
    public static extern string[] GetDirectories(string path);
    public static extern string[] GetFiles(string path);
}
