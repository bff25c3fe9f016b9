// An assembly beside the platform's, for the samples that need another one.
namespace More
{
    public static class Settings
    {
        public static readonly byte[] Defaults = { 1, 2, 3 };

        public static byte First() => Defaults[0];
    }
}
