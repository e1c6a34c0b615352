using NocMonitor.Agent.Commands;

return await AgentCommands.InvokeAsync(args);
