using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Tests.Security;

public class TokenSetTests
{
    [Test]
    public void A_token_is_found_by_its_hash_and_no_other_is()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => AccessToken.Create()).ToArray();
        var set = new TokenSet([.. tokens.Select((token, i) => new TokenRecord($"t{i}", TokenScope.Write, AccessToken.Hash(token), default))]);

        var found = tokens.Select(token => set.Find(token)?.Name);

        Assert.That(found, Is.EqualTo(Enumerable.Range(0, 100).Select(i => $"t{i}")));
        Assert.That(set.Find(AccessToken.Create()), Is.Null);
        Assert.That(set.Find(""), Is.Null);
    }

    [Test]
    public void Tokens_are_long_and_never_alike()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => AccessToken.Create()).ToHashSet();

        Assert.That(tokens, Has.Count.EqualTo(1000));
        Assert.That(tokens, Has.All.Match("^noc_[A-Za-z0-9_-]{43}$"));
    }

    [TestCase(TokenScope.Write, ExpectedResult = Access.Write)]
    [TestCase(TokenScope.Read, ExpectedResult = Access.Read)]
    [TestCase(TokenScope.Admin, ExpectedResult = Access.Write | Access.Read | Access.Manage)]
    public object A_scope_grants(object scope) => ((TokenScope)scope).Grants();
}
