using HelloNano;
using Http2Nano.Development;

return DevelopmentHost.Run(args, "Application/www", pages => new HelloNanoApplication(pages).Router);
