// An assembly beside the platform's, for the samples that need another one. The platform has generic delegates too;
// the reference assemblies leave them out, so that most uses do not even compile.
namespace System
{
    public delegate TResult Func<TResult>();
}

namespace More
{
    public static class Settings
    {
        public static readonly byte[] Defaults = { 1, 2, 3 };

        public static byte First() => Defaults[0];
    }
}
