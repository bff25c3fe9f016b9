using Http2Nano.Access;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// A part of the dashboard that not every board has. A board that leaves it out of its build has neither its code nor its
    /// memory, and its pages do not show it.
    /// </summary>
    /// <remarks>All members are called on the server's thread, but for <see cref="Map"/>, before the server starts.</remarks>
    public abstract class DashboardPart
    {
        /// <summary>
        /// What the pages find it by, in the member <c>features</c> of the status: names in quotation marks, with commas between
        /// them, such as <c>"frames"</c>. Read once.
        /// </summary>
        public abstract string Features { get; }

        /// <summary>
        /// Makes what asks users who they are, when the dashboard has <see cref="DashboardOptions.Users"/>; called before
        /// <see cref="Map"/>, unless a part before has made it.
        /// </summary>
        /// <param name="options">The options of the dashboard.</param>
        /// <returns>The guard; null, unless derived, where it is no matter of this part.</returns>
        public virtual RequestGuard MakeGuard(DashboardOptions options)
        {
            return null;
        }

        /// <summary>Maps its routes.</summary>
        /// <param name="application">Whose router gets them.</param>
        public abstract void Map(DashboardApplication application);

        /// <summary>Called for each status.</summary>
        public virtual void Tick()
        {
        }
    }
}
