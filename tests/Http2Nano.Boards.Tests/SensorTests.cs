using System.Text.Json;
using Http2Nano.Devices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>Chips that do not answer, and answer again.</summary>
    [TestClass]
    public class SensorTests
    {
        private const string Silent = "The temperature cannot be measured: no LM75 answers at address 0x48. The device goes on trying.";

        [TestMethod]
        public void A_sensor_that_falls_silent_is_told_once_and_measured_again_when_it_answers()
        {
            using BoardRun run = new BoardRun();
            run.Start(sensor: new PinnedLm75Sensor(21, 22));
            run.Serve();
            run.Pass(10000);
            Assert.AreEqual(21.5, run.Status().GetProperty("temperature").GetDouble());

            run.Board.SensorRegister = null;
            run.Pass(600000);
            run.AssertOnce(Silent);
            JsonElement status = run.Status();
            Assert.AreEqual(JsonValueKind.Null, status.GetProperty("temperature").ValueKind);
            Assert.AreEqual("temperature", status.GetProperty("faults")[0].GetString());
            StringAssert.Contains(run.Get("/api/log"), Silent);

            run.Board.SensorRegister = new byte[] { 0xFF, 0x80 };
            run.Pass(10000);
            status = run.Status();
            Assert.AreEqual(-0.5, status.GetProperty("temperature").GetDouble());
            Assert.IsFalse(status.TryGetProperty("faults", out _));
            run.AssertOnce("The temperature is measured again.");

            run.Board.SensorRegister = null;
            run.Pass(600000);
            Assert.AreEqual(2, run.Times(Silent), run.Said);
        }

        [TestMethod]
        public void A_sensor_that_never_answers_is_told_once_and_the_page_shows_none()
        {
            using BoardRun run = new BoardRun();
            run.Board.SensorRegister = null;
            run.Start(sensor: new PinnedLm75Sensor(21, 22));
            run.Serve();
            run.Pass(600000);
            run.AssertOnce(Silent);
            JsonElement status = run.Status();
            Assert.AreEqual(JsonValueKind.Null, status.GetProperty("temperature").ValueKind);
            Assert.IsFalse(status.TryGetProperty("faults", out _));
            StringAssert.Contains(run.Get("/api/log"), Silent);
        }

        [TestMethod]
        public void The_sensor_in_the_chip_is_computed_with_the_numbers_of_its_data_sheet()
        {
            using BoardRun run = new BoardRun();
            run.Start(sensor: ChipSensor.Rp2040());
            run.Serve();
            run.Pass(10000);
            StringAssert.Contains(run.Said, "The temperature cannot be measured: the converter does not answer. The device goes on trying.");

            // 0.706 V at 27 degrees, 1.721 mV less for each.
            run.Board.Analogue = (int)((0.706 - (10 * 0.001721)) / 3.3 * 4095);
            run.Pass(20000);
            Assert.AreEqual(37, run.Status().GetProperty("temperature").GetDouble(), 0.5);
        }

        [TestMethod]
        public void The_output_is_switched_by_whoever_has_the_password()
        {
            using BoardRun run = new BoardRun();
            run.Start(outputPin: 2);
            run.Serve();
            Assert.AreEqual(200, run.Change("/api/led", "{\"on\":true}"));
            Assert.IsTrue(run.Board.Output);
            StringAssert.Contains(run.Get("/api/led"), "true");
        }

        [TestMethod]
        public void A_pin_that_is_no_output_is_told_and_the_page_has_no_switch()
        {
            using BoardRun run = new BoardRun();
            run.Start(outputPin: 99);
            run.Serve();
            run.AssertOnce("Pin 99 is no output: there is no such pin");
            Assert.IsFalse(run.Get("/api/status").Contains("\"led\""));
            StringAssert.Contains(run.Get("/api/log"), "Pin 99 is no output");
        }
    }
}
