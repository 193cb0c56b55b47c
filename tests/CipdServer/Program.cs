using VPythonTools.CipdServer;

return await ServerCommand.Create().Parse(args).InvokeAsync();
