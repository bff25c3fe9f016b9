using System;
using System.IO;
using System.Threading;
using Http2Nano.Development;
using Http2Nano.Samples.Camera;
using Http2Nano.Samples.Card;
using Http2Nano.Samples.Logger;
using Http2Nano.Samples.Relay;
using Http2Nano.SamplesHost;

const int Capacity = 600;
string sample = args.Length == 0 ? "" : args[0];
string[] others = args.Length == 0 ? [] : args[1..];
switch (sample)
{
    case "relay":
        return new DevelopmentHost("boards/Samples/www/relay", context =>
        {
            var application = new RelayApplication(context.Pages, new NoRelays(), context.Users);
            return new DevelopmentApplication(application.Router) { Root = application, Stopping = application.Stop };
        })
        { HasUsers = true, SignInPurpose = "to switch a relay" }.Run(others);

    case "logger":
        return new DevelopmentHost("boards/Samples/www/logger", context =>
        {
            var application = new LoggerApplication(context.Pages, Capacity);
            Timer? timer = null;
            int time = 0;
            return new DevelopmentApplication(application.Router)
            {
                Root = application,
                Started = () => timer = new Timer(_ => application.Add(2100 + (int)(300 * Math.Sin(time++ / 20.0))), null, 0, 1000),
                Stopping = () =>
                {
                    timer?.Dispose();
                    application.Stop();
                },
            };
        }).Run(others);

    case "camera":
        return DevelopmentHost.Run(others, "boards/Samples/www/camera", pages => new CameraApplication(pages, new TestPicture()).Router);

    case "card":
        return new DevelopmentHost("boards/Samples/www/card", context =>
        {
            var drive = new HostDrive(Path.Combine(Path.GetTempPath(), "http2nano-card"));
            return new DevelopmentApplication(new CardApplication(context.Pages, drive, context.Users).Router);
        })
        { HasUsers = true, SignInPurpose = "to see the files" }.Run(others);

    default:
        Console.Error.WriteLine("Which sample? Write relay, logger, camera or card, and --help behind it for its options.");
        return 1;
}
