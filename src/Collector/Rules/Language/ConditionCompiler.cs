namespace NocMonitor.Collector.Rules.Language;

/// <summary>Turns a tree into nodes and checks on the way that each operator gets what it can work with. Stops at the first error.</summary>
internal sealed class ConditionCompiler(FieldSlots slots)
{
    private static readonly string[] CountedSuffixes = ["_ms", "_us", "_ns", "_milliseconds", "_microseconds", "_nanoseconds"];

    private readonly SortedSet<int> _windows = [];

    public LanguageError? Error { get; private set; }

    /// <summary>The windows that the condition reads, as <see cref="FieldSlots.Windows"/> numbers them.</summary>
    public IReadOnlyCollection<int> Windows => _windows;

    /// <summary>The side of the first comparison that varies.</summary>
    public Node? Observed { get; private set; }

    /// <summary>Its other side; null for a comparison with a text.</summary>
    public Node? Limit { get; private set; }

    /// <summary>A part that must be true or false.</summary>
    public Node? Condition(Syntax syntax) => syntax switch
    {
        BinarySyntax { Operator: TokenKind.And } both => Pair(both, Condition, static (left, right) => new AndNode(left, right)),
        BinarySyntax { Operator: TokenKind.Or } either => Pair(either, Condition, static (left, right) => new OrNode(left, right)),
        BinarySyntax { IsComparison: true } comparison => Comparison(comparison),
        UnarySyntax { Operator: TokenKind.Not } not => Condition(not.Operand) is { } operand ? new NotNode(operand) : null,
        CallSyntax claim when FunctionCatalog.Find(claim.Function) is { IsClaim: true } => Call(claim),
        BooleanSyntax constant => new ConstantNode(constant.Value ? Node.True : Node.False),
        FieldSyntax field => new ClaimNode(new FieldNode(slots.Number(field.Name))),
        _ => Fail(syntax, $"expected something true or false here, such as a comparison; this is {Describe(syntax)}"),
    };

    /// <summary>A part that must be a number.</summary>
    public Node? Number(Syntax syntax) => syntax switch
    {
        NumberSyntax number => new ConstantNode(number.Value),
        FieldSyntax field => new FieldNode(slots.Number(field.Name)),
        CallSyntax call => Call(call),
        UnarySyntax { Operator: TokenKind.Minus } negative => Number(negative.Operand) is { } operand ? Folded(new NegateNode(operand), operand) : null,
        UnarySyntax { Operator: TokenKind.Plus } positive => Number(positive.Operand),
        BinarySyntax { Operator: TokenKind.Plus } sum => Pair(sum, Number, static (left, right) => Folded(new ArithmeticNode<Add>(left, right), left, right)),
        BinarySyntax { Operator: TokenKind.Minus } rest => Pair(rest, Number, static (left, right) => Folded(new ArithmeticNode<Subtract>(left, right), left, right)),
        BinarySyntax { Operator: TokenKind.Times } product => Pair(product, Number, static (left, right) => Folded(new ArithmeticNode<Multiply>(left, right), left, right)),
        BinarySyntax { Operator: TokenKind.Divide } ratio => Pair(ratio, Number, static (left, right) => Folded(new ArithmeticNode<Divide>(left, right), left, right)),
        _ => Fail(syntax, $"expected a number here; this is {Describe(syntax)}"),
    };

    private Node? Comparison(BinarySyntax comparison)
    {
        var equality = comparison.Operator is TokenKind.Equal or TokenKind.NotEqual;
        switch (comparison.Left, comparison.Right)
        {
            case (TextSyntax, _) or (_, TextSyntax):
                return TextComparison(comparison, equality);
            case (BooleanSyntax, _) or (_, BooleanSyntax):
                return equality
                    ? Pair(comparison, Condition, (left, right) => Compare(comparison.Operator, left, right))
                    : Fail(comparison, "true and false can only be compared with == and !=");
            default:
                return (UnitError(comparison.Left, comparison.Right) ?? UnitError(comparison.Right, comparison.Left)) is { } error
                    ? Fail(comparison, error)
                    : Pair(comparison, Number, (left, right) => Compare(comparison.Operator, left, right));
        }
    }

    private Node? TextComparison(BinarySyntax comparison, bool equality)
    {
        if (!equality)
        {
            return Fail(comparison, "texts can only be compared with == and !=");
        }

        var (field, text) = comparison switch
        {
            { Left: FieldSyntax left, Right: TextSyntax right } => (left, right),
            { Left: TextSyntax left, Right: FieldSyntax right } => (right, left),
            _ => (null, null),
        };
        if (field is null || text is null)
        {
            return Fail(comparison, "a text can only be compared with a field");
        }

        var node = new TextEqualsNode(slots.TextNumber(field.Name), text.Value, comparison.Operator == TokenKind.Equal);
        Observed ??= new FieldNode(slots.Number(field.Name));
        return node;
    }

    private Node Compare(TokenKind operation, Node left, Node right)
    {
        if (Observed is null)
        {
            (Observed, Limit) = (left, right) switch
            {
                (ConstantNode, _) => (right, left),
                _ => (left, right),
            };
        }

        return operation switch
        {
            TokenKind.Equal => Compared<Equal, Equal>(left, right),
            TokenKind.NotEqual => Compared<NotEqual, NotEqual>(left, right),
            TokenKind.Less => Compared<Less, Greater>(left, right),
            TokenKind.LessOrEqual => Compared<LessOrEqual, GreaterOrEqual>(left, right),
            TokenKind.Greater => Compared<Greater, Less>(left, right),
            _ => Compared<GreaterOrEqual, LessOrEqual>(left, right),
        };
    }

    private static Node Compared<TOperator, TMirrored>(Node left, Node right)
        where TOperator : struct, IComparison
        where TMirrored : struct, IComparison => (left, right) switch
        {
            (FieldNode field, ConstantNode limit) => new FieldComparisonNode<TOperator>(field.Slot, limit.Value),
            (ConstantNode limit, FieldNode field) => new FieldComparisonNode<TMirrored>(field.Slot, limit.Value),
            _ => new ComparisonNode<TOperator>(left, right),
        };

    private Node? Call(CallSyntax call)
    {
        if (FunctionCatalog.Find(call.Function) is not { } function)
        {
            var known = FunctionCatalog.All.Select(candidate => candidate.Name);
            return Fail(call, $"there is no function {call.Function}{Configuration.Suggestion.For(call.Function, known)}");
        }

        if (call.Arguments.Count < function.Arguments.Fewest || call.Arguments.Count > function.Arguments.Most)
        {
            return Fail(call, $"a call looks like {function.Signature}");
        }

        var compiled = new FunctionCall(call, slots, _windows, Number);
        var node = function.Compile(compiled);
        Error ??= compiled.Error;
        return compiled.Error is null ? node : null;
    }

    /// <summary>A duration with a unit is seconds; against a field or function that counts something else it is a slip that would never or always hold.</summary>
    private static string? UnitError(Syntax side, Syntax other)
    {
        if (other is not NumberSyntax { Unit: UnitKind.Seconds } duration)
        {
            return null;
        }

        var slip = $"{duration.Text} is {duration} seconds";
        return side switch
        {
            FieldSyntax field when Array.Find(CountedSuffixes, suffix => field.Name.EndsWith(suffix, StringComparison.Ordinal)) is { } suffix =>
                $"{slip}, but {field.Name} counts {suffix[1..]}; write the number without a unit",
            CallSyntax call when FunctionCatalog.Find(call.Function) is { Counts.Length: > 0 } function =>
                $"{slip}, but {function.Name} counts {function.Counts}; write the number without a unit",
            _ => null,
        };
    }

    private static Node? Pair(BinarySyntax pair, Func<Syntax, Node?> compile, Func<Node, Node, Node> combine) =>
        compile(pair.Left) is { } left && compile(pair.Right) is { } right ? combine(left, right) : null;

    /// <summary>A constant instead of an operator on constants.</summary>
    private static Node Folded(Node operation, params ReadOnlySpan<Node> operands)
    {
        foreach (var operand in operands)
        {
            if (operand is not ConstantNode)
            {
                return operation;
            }
        }

        return new ConstantNode(operation.Evaluate(new ConditionFrame()));
    }

    private Node? Fail(Syntax at, string message)
    {
        Error ??= new LanguageError(at.Column, message);
        return null;
    }

    private static string Describe(Syntax syntax) => syntax switch
    {
        NumberSyntax => "a number",
        TextSyntax => "a text",
        BooleanSyntax => "true or false",
        CallSyntax call => $"a call of {call.Function}",
        UnarySyntax { Operator: TokenKind.Not } => "a condition",
        BinarySyntax { Operator: TokenKind.And or TokenKind.Or } or BinarySyntax { IsComparison: true } => "a condition",
        _ => "a calculation",
    };
}
