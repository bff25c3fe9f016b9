using System;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Budget
{
    [TestClass]
    public class ProfileTests
    {
        [TestMethod]
        public void Each_profile_is_valid()
        {
            HttpProfiles.Tiny().Validate();
            HttpProfiles.Default().Validate();
            HttpProfiles.Large().Validate();
        }

        [TestMethod]
        public void Parts_add_up_to_the_total()
        {
            MemoryBudget budget = new MemoryBudget(new HttpServerOptions());
            int sum = 0;
            for (int i = 0; i < budget.Count; i++)
            {
                Assert.IsTrue(budget.NameOf(i).Length != 0);
                Assert.IsTrue(budget.BytesOf(i) > 0);
                sum += budget.BytesOf(i);
            }

            Assert.AreEqual(sum, budget.Total);
        }

        [TestMethod]
        public void A_larger_buffer_takes_as_much_more_as_it_is_larger()
        {
            HttpServerOptions options = new HttpServerOptions();
            int before = new MemoryBudget(options).Total;
            options.Limits.TransmitBufferSize += 1200;
            Assert.AreEqual(before + 1200, new MemoryBudget(options).Total);
        }

        [TestMethod]
        public void What_does_not_fit_is_refused()
        {
            MemoryBudget budget = new MemoryBudget(new HttpServerOptions());
            int needed = budget.Needed;
            budget.Validate(needed);
            try
            {
                budget.Validate(needed - 1);
            }
            catch (ArgumentException exception)
            {
                Assert.IsTrue(exception.Message.IndexOf("exchanges") > 0, exception.Message);
                return;
            }

            Assert.IsTrue(false, "It was not refused.");
        }
    }
}
