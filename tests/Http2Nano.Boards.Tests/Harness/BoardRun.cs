using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Http2Nano.Devices;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Socket = System.Net.Sockets.Socket;

namespace Http2Nano.Boards.Tests
{
    /// <summary>A board with the application on it, its drive, its console, and a browser.</summary>
    internal sealed class BoardRun : IDisposable
    {
        private const int Hour = 3600000;

        private readonly TextWriter _before = Console.Out;
        private ConsoleText _console = new ConsoleText();

        internal BoardRun()
        {
            Board = new FakeBoard();
            FakeBoard.Present = Board;
            Console.SetOut(_console);
            Drive = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) + Path.DirectorySeparatorChar;
            Directory.CreateDirectory(Drive);
            Put("www.pack", EmptyPack.Make());
            Profile = new DeviceProfile();
            Profile.Name = "Test board";
            Profile.Drive = Drive;
            Profile.Pages = Pages;
            Profile.Tls = Certificate;
            Profile.Port = 0;
            Profile.TlsPort = 0;
        }

        /// <summary>A board that people may manage, not started yet.</summary>
        internal static BoardRun Prepared()
        {
            BoardRun run = new BoardRun();
            DeviceManager.AddTo(run.Profile);
            return run;
        }

        /// <summary>The same, and it serves.</summary>
        internal static BoardRun Managed()
        {
            BoardRun run = Prepared();
            run.Start();
            run.Serve();
            return run;
        }

        internal FakeBoard Board { get; }

        internal DeviceProfile Profile { get; }

        /// <summary>The pages of its drive, unless a test gives the profile others.</summary>
        internal DrivePages Pages { get; } = new DrivePages();

        /// <summary>What https is served with, unless a test gives the profile nothing.</summary>
        internal DeviceCertificate Certificate { get; } = new DeviceCertificate();

        internal string Drive { get; }

        /// <summary>What the console has shown since the latest start.</summary>
        internal string Said
        {
            get { return _console.ToString(); }
        }

        /// <summary>The administrator's password: what the console has shown, otherwise what the drive keeps.</summary>
        internal string Password
        {
            get
            {
                Match password = Regex.Match(Said, "The user is \"admin\", the password ([0-9]{8})");
                return password.Success ? password.Groups[1].Value : File.ReadAllText(Drive + "password.txt");
            }
        }

        /// <summary>The port of http that the console has named last, or 0.</summary>
        internal int Port
        {
            get { return PortOf("http"); }
        }

        /// <summary>The port of https that the console has named last, or 0.</summary>
        internal int TlsPort
        {
            get { return PortOf("https"); }
        }

        /// <summary>Puts a file on the drive.</summary>
        internal void Put(string name, byte[] content)
        {
            File.WriteAllBytes(Drive + name, content);
        }

        /// <summary>Starts the application; again after a restart.</summary>
        internal void Start(DeviceNetwork network = null, TemperatureSensor sensor = null, int outputPin = -1)
        {
            _console = new ConsoleText();
            Console.SetOut(_console);
            Board.Start(() => new DeviceApplication(Profile, network ?? new WifiNetwork(), sensor, outputPin).Run());
        }

        /// <summary>Lets the board run until its console shows a text.</summary>
        internal void Hear(string text)
        {
            Hear(text, 1);
        }

        /// <summary>Lets the board run until its console has shown a text so many times.</summary>
        internal void Hear(string text, int times)
        {
            Until(() => Times(text) >= times, "to say \"" + text + "\"");
        }

        /// <summary>Lets the board run until something is true.</summary>
        internal void Until(Func<bool> condition, string what)
        {
            Assert.IsTrue(Board.Run(condition, Hour), "The board was expected " + what + ". It said:\n" + Said);
        }

        /// <summary>Lets time go by on the board.</summary>
        internal void Pass(int milliseconds)
        {
            Board.Run(() => false, milliseconds);
        }

        /// <summary>Lets the board run until it serves.</summary>
        internal void Serve()
        {
            Hear("Open http://");
        }

        /// <summary>Takes the board's Wi-Fi away and waits until its server has ended.</summary>
        internal void Lose()
        {
            Board.Refusal = System.Device.Wifi.WifiConnectionStatus.NetworkNotAvailable;
            Board.Address = "0.0.0.0";
            Until(() => !Listens(), "to stop serving");
        }

        /// <summary>How often a text has been said.</summary>
        internal int Times(string text)
        {
            string said = Said;
            int times = 0;
            for (int at = said.IndexOf(text, StringComparison.Ordinal); at >= 0; at = said.IndexOf(text, at + 1, StringComparison.Ordinal))
            {
                times++;
            }

            return times;
        }

        /// <summary>A text has been said once and not again.</summary>
        internal void AssertOnce(string text)
        {
            Assert.AreEqual(1, Times(text), "\"" + text + "\" was expected once. The board said:\n" + Said);
        }

        /// <summary>The answer to a GET, which must be a good one.</summary>
        internal string Get(string path)
        {
            using HttpClient client = new HttpClient();
            client.DefaultRequestHeaders.ConnectionClose = true;
            return client.GetStringAsync("http://127.0.0.1:" + Port + path).GetAwaiter().GetResult();
        }

        /// <summary>Sends octets as they are, and reads an answer of less than a packet.</summary>
        internal string Send(string request)
        {
            using TcpClient client = new TcpClient("127.0.0.1", Port);
            NetworkStream stream = client.GetStream();
            stream.ReadTimeout = 60000;
            stream.Write(Encoding.ASCII.GetBytes(request));
            byte[] answer = new byte[2048];
            return Encoding.ASCII.GetString(answer, 0, stream.Read(answer));
        }

        /// <summary>The status that the dashboard shows.</summary>
        internal JsonElement Status()
        {
            return JsonDocument.Parse(Get("/api/status")).RootElement;
        }

        /// <summary>The notice on top of the dashboard, or null.</summary>
        internal string Notice()
        {
            return Status().TryGetProperty("notice", out JsonElement notice) ? notice.GetString() : null;
        }

        /// <summary>Sends a form.</summary>
        /// <returns>The status of the answer, and the page.</returns>
        internal (int Status, string Page) Post(string path, string form)
        {
            using HttpClient client = new HttpClient();
            client.DefaultRequestHeaders.ConnectionClose = true;
            using StringContent content = new StringContent(form);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            using HttpResponseMessage response = client.PostAsync("http://127.0.0.1:" + Port + path, content).GetAwaiter().GetResult();
            return ((int)response.StatusCode, response.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        }

        /// <summary>A client that sends a password; the administrator's unless another one is given.</summary>
        internal HttpClient Administrator(string password = null)
        {
            HttpClient client = new HttpClient();
            client.DefaultRequestHeaders.ConnectionClose = true;
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:" + (password ?? Password))));
            return client;
        }

        /// <summary>Sends what somebody changes, with the administrator's password.</summary>
        /// <returns>The status of the answer.</returns>
        internal int Change(string path, string json)
        {
            return Change(path, new StringContent(json, Encoding.UTF8, "application/json"));
        }

        /// <summary>Sends what somebody changes, with the administrator's password.</summary>
        /// <returns>The status of the answer.</returns>
        internal int Change(string path, HttpContent content)
        {
            using HttpClient client = Administrator();
            using HttpResponseMessage response = client.PutAsync("http://127.0.0.1:" + Port + path, content).GetAwaiter().GetResult();
            return (int)response.StatusCode;
        }

        /// <summary>Whether the board serves where it said it does.</summary>
        internal bool Listens()
        {
            return Listens(Port) || Listens(TlsPort);
        }

        /// <summary>Whether a client hello at the port of https gets as far as the platform's TLS.</summary>
        internal bool Shakes()
        {
            int before = Board.Handshakes;
            using TcpClient client = new TcpClient("127.0.0.1", TlsPort);
            client.GetStream().Write(new byte[] { 22, 3, 1, 0, 5, 1, 0, 0, 1, 0 });
            client.GetStream().ReadTimeout = 60000;
            try
            {
                client.GetStream().ReadByte();
            }
            catch (IOException)
            {
                // The platform of the tests refuses it.
            }

            return Board.Handshakes == before + 1;
        }

        private int PortOf(string scheme)
        {
            MatchCollection named = Regex.Matches(Said, scheme + "://[0-9.]+:([0-9]+)");
            return named.Count == 0 ? 0 : int.Parse(named[^1].Groups[1].Value);
        }

        private static bool Listens(int port)
        {
            if (port == 0)
            {
                return false;
            }

            using Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        public void Dispose()
        {
            try
            {
                // A server ends when its network does.
                if (!Board.IsGone && Listens())
                {
                    Board.HeapFailure = null;
                    Board.NetworkFailure = null;
                    Board.ConsoleFailure = null;
                    Lose();
                }

                Board.SwitchOff();
            }
            finally
            {
                Console.SetOut(_before);
                Directory.Delete(Drive, true);
            }
        }
    }
}
