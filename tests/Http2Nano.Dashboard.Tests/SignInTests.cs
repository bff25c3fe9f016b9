using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>People sign in on a page of the device, never in a box of the browser, and stay signed in until they sign out.</summary>
[TestClass]
public sealed class SignInTests : DashboardTests
{
    private const string Open = "document.getElementById('sign-in').open";

    [TestMethod]
    [DataRow("https", false)]
    [DataRow("http", true)]
    public async Task A_press_asks_and_is_done_when_the_password_is_right(string scheme, bool phone)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        await using Visit visit = await Visit.OpenAsync(Address(scheme, host), new Device(phone, phone));
        visit.Expected.Add(401);
        await visit.UntilAsync("!document.getElementById('led').disabled && !document.getElementById('account').hidden");
        await visit.At("#led").ClickAsync();
        await visit.UntilAsync(Open);
        await visit.IsUsableAsync("The sign-in dialog", axe: scheme == "https");
        await visit.UntilAsync("document.getElementById('led-note').textContent === 'Waiting for your name and password…'");
        await visit.PictureAsync($"sign-in-{scheme}");

        // Escape is no, and nothing was changed.
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.UntilAsync("document.getElementById('led-note').textContent === 'Not signed in. Nothing was changed. It is off, as before.'");
        Assert.AreEqual("false", await visit.At("#led").GetAttributeAsync("aria-checked"));

        // By keyboard alone: the dialog holds the focus, and Enter signs in.
        await visit.At("#led").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Space");
        await visit.UntilAsync($"{Open} && document.activeElement.id === 'user'");
        await visit.Page.Keyboard.TypeAsync("anna");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync("wrong");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.getElementById('sign-in-note').textContent === 'Name or password is wrong.'");
        await visit.At("#password").FillAsync("correct-horse");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.getElementById('led-state').textContent === 'On' && document.getElementById('led-note').textContent === 'Done.'");
        Assert.AreEqual("Sign out", await visit.At("#account-text").TextContentAsync());

        // It holds for other tabs and after a reload.
        await using (Visit tab = await visit.OpenTabAsync("overview"))
        {
            await tab.UntilAsync("document.getElementById('account-text').textContent === 'Sign out'");
        }

        await visit.Page.ReloadAsync();
        await visit.IsLiveAsync();
        await visit.UntilAsync("document.getElementById('account-text').textContent === 'Sign out'");
        await visit.At("#led").ClickAsync();
        await visit.UntilAsync("document.getElementById('led-state').textContent === 'Off' && document.getElementById('led-note').textContent === 'Done.'");

        // And not after signing out.
        await visit.At("#account").ClickAsync();
        await visit.UntilAsync("document.getElementById('account-text').textContent === 'Sign in'");
        await visit.At("#led").ClickAsync();
        await visit.UntilAsync(Open);
        await visit.At("#sign-in-cancel").ClickAsync();
        await visit.UntilAsync("document.getElementById('led-state').textContent === 'Off'");
        visit.HasNoComplaints();
    }

    // As from a device that serves others meanwhile.
    [TestMethod]
    public async Task An_answer_that_comes_late_does_not_sign_out_and_a_lost_one_is_asked_for_again()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        visit.IsCutOff = true;
        await visit.UntilAsync("!document.getElementById('account').hidden");
        var asked = new TaskCompletionSource();
        var signedIn = new TaskCompletionSource();
        int lost = 0;
        await visit.Page.RouteAsync("**/api/session", async route =>
        {
            if (route.Request.Method == "GET")
            {
                asked.TrySetResult();
                await signedIn.Task;
                await route.FulfillAsync(new() { ContentType = "application/json", Body = "{\"signedIn\":false}" });
            }
            else if (lost++ == 0)
            {
                await route.AbortAsync("connectionreset");
            }
            else
            {
                await route.ContinueAsync();
            }
        });

        // Who comes back to a page looks whether another tab has signed in.
        await visit.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await asked.Task;
        await visit.SignInAsync(Anna);
        Assert.AreEqual(2, lost);
        Task answered = visit.Page.WaitForRequestFinishedAsync(new() { Predicate = request => request.Method == "GET" && request.Url.EndsWith("/api/session", System.StringComparison.Ordinal) });
        signedIn.SetResult();
        await answered;
        await visit.Page.EvaluateAsync("new Promise((done) => setTimeout(done, 200))");
        Assert.AreEqual("Sign out", await visit.TextAsync("#account-text"));
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task A_device_that_does_not_answer_is_told_of()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        visit.IsCutOff = true;
        await visit.Page.RouteAsync("**/api/session", route => route.AbortAsync("connectionreset"));
        await visit.At("#account").ClickAsync();
        await visit.At("#user").FillAsync(Anna.Username);
        await visit.At("#password").FillAsync(Anna.Password);
        await visit.At("#sign-in-enter").ClickAsync();
        await visit.UntilAsync("document.getElementById('sign-in-note').textContent === 'The device does not answer. Try again in a moment.'");
        Assert.IsTrue(await visit.At("#sign-in-enter").IsEnabledAsync());
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task Guessing_is_told_to_wait()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop);
        visit.Expected.Add(401);
        visit.Expected.Add(429);
        await visit.Page.GotoAsync(new System.Uri(host.Https, "/#/sign-in").ToString());
        await visit.UntilAsync(Open);
        await visit.At("#user").FillAsync("anna");
        for (int i = 0; i < 20 && !(await visit.At("#sign-in-note").InnerTextAsync()).StartsWith("Too many", System.StringComparison.Ordinal); i++)
        {
            await visit.At("#password").FillAsync($"guess {i}");
            await visit.At("#sign-in-enter").ClickAsync();
            await visit.UntilAsync("!document.getElementById('sign-in-enter').disabled && document.getElementById('sign-in-note').textContent !== 'Signing in…'");
        }

        StringAssert.StartsWith(await visit.TextAsync("#sign-in-note"), "Too many wrong passwords. Wait");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task A_board_without_sessions_leaves_it_to_the_browser()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", "tiny");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop);
        visit.IsCutOff = true;
        await visit.UntilAsync("!document.getElementById('led').disabled");
        Assert.IsTrue(await visit.At("#account").IsHiddenAsync());
        visit.HasNoComplaints();
    }
}
