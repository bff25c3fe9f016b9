using System;
using Http2Nano.Access;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// <c>/api/session</c>, where browsers sign in and out, for dashboards with users. Without it browsers ask for the password in
    /// a box of their own.
    /// </summary>
    public sealed class SessionRoutes : DashboardPart
    {
        private const string Path = "/api/session";
        private const int UsualSessions = 8;

        // Seconds: twelve hours and a week.
        private const int Idle = 43200;
        private const int Lifetime = 604800;

        private readonly int _sessions;
        private SignIn _signIn;

        /// <summary>Makes the routes for 8 browsers at a time, which take about 1.2 KB.</summary>
        public SessionRoutes()
            : this(UsualSessions)
        {
        }

        /// <summary>Makes the routes.</summary>
        /// <param name="sessions">How many browsers can be signed in at a time, 1 to 64.</param>
        public SessionRoutes(int sessions)
        {
            _sessions = sessions;
        }

        /// <inheritdoc/>
        public override string Features
        {
            get { return "\"session\""; }
        }

        /// <inheritdoc/>
        public override RequestGuard MakeGuard(DashboardOptions options)
        {
            _signIn = new SignIn(Path, "device", options.Users, options.Clock, _sessions);

            // Looking asks for no session, so a page that is only looked at does not use it.
            _signIn.IdleTimeout = Idle;
            _signIn.Lifetime = Lifetime;
            return _signIn;
        }

        /// <inheritdoc/>
        public override void Map(DashboardApplication application)
        {
            if (_signIn == null)
            {
                throw new ArgumentException("SessionRoutes are for a dashboard with Users: leave them out, or set Users.");
            }

            // The page has a view of its own that signs in, so it needs the data only.
            application.Router.MapGet(Path, _signIn.Get);
            application.Router.MapPost(Path, _signIn.Enter);
            application.Router.MapDelete(Path, _signIn.Leave);
        }
    }
}
