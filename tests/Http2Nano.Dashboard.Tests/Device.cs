using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;

namespace Http2Nano.Dashboard.Tests;

/// <summary>What people hold in their hands.</summary>
/// <param name="Phone">A phone, or a desktop.</param>
/// <param name="Dark">Whether its owner likes it dark.</param>
internal sealed record Device(bool Phone, bool Dark)
{
    public string Name => $"{(Phone ? "phone" : "desktop")}-{(Dark ? "dark" : "light")}";

    public BrowserNewContextOptions Options => new()
    {
        IgnoreHTTPSErrors = true,
        ColorScheme = Dark ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
        DeviceScaleFactor = Phone ? 2 : 1,
        HasTouch = Phone,
        IsMobile = Phone,
    };
}
