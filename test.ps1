# Builds everything and runs all tests. Last line: N passed, N failed, N skipped. Tests that need a Debian package are skipped here.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Write-Error 'test: the .NET SDK 10 is missing: no dotnet in PATH; see https://dot.net' -ErrorAction Continue
    Write-Output '0 passed, 1 failed, 0 skipped'
    exit 1
}

dotnet build NocMonitor.sln -v quiet -nologo
if ($LASTEXITCODE -ne 0) {
    Write-Output '0 passed, 1 failed, 0 skipped'
    exit 1
}

$total = @{ succeeded = 0; failed = 0; skipped = 0 }
foreach ($project in Get-ChildItem tests -Directory -Filter '*.Tests') {
    $dll = Join-Path $project.FullName "bin/Debug/net10.0/NocMonitor.$($project.Name).dll"
    $log = dotnet $dll --progress off --no-ansi | Out-String
    $code = $LASTEXITCODE
    $counted = $false
    foreach ($key in 'succeeded', 'failed', 'skipped') {
        if ($log -match "(?m)^\s*${key}: (\d+)\s*$") { $total[$key] += [int]$Matches[1]; $counted = $true }
    }
    # A test program that died without a summary is a failure that no count shows.
    if (-not $counted -or ($code -ne 0 -and $log -match '(?m)^\s*failed: 0\s*$')) { $total['failed']++ }
    if ($code -ne 0) { Write-Output $log }
}

Write-Output "$($total['succeeded']) passed, $($total['failed']) failed, $($total['skipped']) skipped"
exit [int]($total['failed'] -gt 0)
