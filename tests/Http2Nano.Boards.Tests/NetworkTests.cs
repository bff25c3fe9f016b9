using System;
using System.Net;
using System.Net.Sockets;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>A network that goes and comes, and what else can be wrong with it while the board serves.</summary>
    [TestClass]
    public class NetworkTests
    {
        [TestMethod]
        public void A_network_that_is_lost_is_joined_again_and_served()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            run.Lose();
            run.AssertOnce("The network is lost.");
            Assert.IsFalse(run.Listens());
            run.Pass(1800000);
            run.AssertOnce("There is no Wi-Fi \"home\" here");
            run.Board.Refusal = null;
            run.Hear("Open http://", 2);
            Assert.AreEqual("Test board", run.Status().GetProperty("device").GetString());
            Assert.AreEqual(0, run.Board.Restarts);

            // A second loss is told as the first one was.
            run.Lose();
            run.Hear("There is no Wi-Fi \"home\" here", 2);
        }

        [TestMethod]
        public void A_board_with_another_address_serves_there()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            run.Board.Address = "127.0.0.2";
            run.Hear("Open http://127.0.0.2:");
            run.AssertOnce("The address has changed.");
            Assert.AreEqual(1, run.Board.Joins);
            Assert.AreEqual("Test board", run.Status().GetProperty("device").GetString());
        }

        [TestMethod]
        public void A_port_that_is_taken_is_told_and_tried_again()
        {
            using BoardRun run = new BoardRun();
            TcpListener other = new TcpListener(IPAddress.Any, 0);
            other.Start();
            run.Profile.Port = ((IPEndPoint)other.LocalEndpoint).Port;
            try
            {
                run.Start();
                run.Pass(600000);
                run.AssertOnce("Port " + run.Profile.Port + " at 0.0.0.0 is in use");
            }
            finally
            {
                other.Stop();
            }

            run.Serve();
            Assert.AreEqual(0, run.Board.Restarts);
        }

        [TestMethod]
        public void The_signal_is_that_of_the_network_joined()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            run.Pass(10000);
            Assert.AreEqual(-61, run.Status().GetProperty("signal").GetInt32());
        }

        [TestMethod]
        public void A_scan_that_fails_is_told_once_and_keeps_nothing_from_being_measured()
        {
            using BoardRun run = new BoardRun();
            run.Board.ScanFailure = new InvalidOperationException("a scan is going on");
            run.Start(sensor: new Http2Nano.Devices.PinnedLm75Sensor(21, 22));
            run.Serve();
            run.Pass(3600000);
            run.AssertOnce("a scan is going on");
            Assert.IsTrue(run.Board.Scans > 5 && run.Board.Scans < 15, run.Board.Scans.ToString());
            run.Board.SensorRegister = new byte[] { 30, 0 };
            run.Pass(14000);
            Assert.AreEqual(30, run.Status().GetProperty("temperature").GetDouble());
        }

        [TestMethod]
        public void A_board_with_little_heap_does_not_scan()
        {
            using BoardRun run = new BoardRun();
            run.Profile.Shrink();
            run.Start();
            run.Serve();
            run.Pass(3600000);
            Assert.AreEqual(0, run.Board.Scans);
            Assert.AreEqual(System.Text.Json.JsonValueKind.Null, run.Status().GetProperty("signal").ValueKind);
        }

        [TestMethod]
        public void A_main_loop_that_hangs_restarts_the_board()
        {
            using BoardRun run = new BoardRun();
            run.Start(new Http2Nano.Devices.HangingNetwork());
            run.Hear("The main loop hangs; the device restarts.");
            Assert.AreEqual(1, run.Board.Restarts);
            Assert.IsTrue(run.Board.Now >= 180000 && run.Board.Now <= 200000, run.Board.Now.ToString());
        }
    }
}
