using NocMonitor.Dashboards;

if (args is not [var folder])
{
    Console.Error.WriteLine("the folder to write the dashboards to is needed");
    return 1;
}

Directory.CreateDirectory(folder);
foreach (var dashboard in DashboardCatalog.All)
{
    File.WriteAllText(Path.Combine(folder, $"{dashboard.Uid}.json"), DashboardWriter.Write(dashboard));
}

return 0;
