package ai.paybond.kit.internal.biscuit;

import biscuit.format.schema.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what {@link NarrowingChecks} writes. */
final class BoundsReader {

    private final Set<String> operations;
    private long maxSpendCents;
    private long expiresAt;

    private BoundsReader(Grant grant) {
        this.operations = new LinkedHashSet<>(grant.operations());
        this.maxSpendCents = grant.maxSpendCents();
        this.expiresAt = grant.expiresAt();
    }

    static Bounds read(TokenShape token, Grant grant) throws RejectedTokenException {
        BoundsReader reader = new BoundsReader(grant);
        for (int i = 1; i < token.blocks().size(); i++) {
            for (Schema.CheckV2 check : token.blocks().get(i).getChecksV2List()) {
                reader.narrow(check, token.symbolsOf(i));
            }
        }
        return new Bounds(reader.operations, reader.maxSpendCents, reader.expiresAt);
    }

    private void narrow(Schema.CheckV2 check, SymbolBook symbols) throws RejectedTokenException {
        if (check.getQueriesCount() != 1 || !isComparison(check.getQueries(0))) {
            return;
        }
        Schema.RuleV2 query = check.getQueries(0);
        Schema.PredicateV2 fact = query.getBody(0);
        List<Schema.Op> ops = query.getExpressions(0).getOpsList();
        int variable = fact.getTerms(0).getVariable();
        Schema.OpBinary.Kind operator = ops.get(2).getBinary().getKind();
        switch (symbols.text(fact.getName())) {
            case AmbientFacts.OPERATION -> {
                if (operator == Schema.OpBinary.Kind.Contains && is(ops.get(1), variable)) {
                    operations.retainAll(texts(ops.get(0).getValue().getSet(), symbols));
                }
            }
            case AmbientFacts.SPEND -> {
                if (operator == Schema.OpBinary.Kind.LessOrEqual && is(ops.get(0), variable)) {
                    maxSpendCents =
                            Math.min(maxSpendCents, ops.get(1).getValue().getInteger());
                }
            }
            case AmbientFacts.TIME -> {
                if (operator == Schema.OpBinary.Kind.LessThan && is(ops.get(0), variable)) {
                    expiresAt = Math.min(expiresAt, ops.get(1).getValue().getDate());
                }
            }
            default -> {}
        }
    }

    /** One fact with one variable, and one expression of two values and an operator. */
    private static boolean isComparison(Schema.RuleV2 query) {
        return query.getBodyCount() == 1
                && query.getExpressionsCount() == 1
                && query.getBody(0).getTermsCount() == 1
                && query.getBody(0).getTerms(0).hasVariable()
                && query.getExpressions(0).getOpsCount() == 3
                && query.getExpressions(0).getOps(0).hasValue()
                && query.getExpressions(0).getOps(1).hasValue()
                && query.getExpressions(0).getOps(2).hasBinary()
                && (query.getExpressions(0).getOps(0).getValue().hasSet()
                        || query.getExpressions(0).getOps(1).getValue().hasInteger()
                        || query.getExpressions(0).getOps(1).getValue().hasDate());
    }

    private static boolean is(Schema.Op value, int variable) {
        return value.getValue().hasVariable() && value.getValue().getVariable() == variable;
    }

    private static Set<String> texts(Schema.TermSet set, SymbolBook symbols) throws RejectedTokenException {
        Set<String> texts = new LinkedHashSet<>();
        for (Schema.TermV2 element : set.getSetList()) {
            if (element.hasString()) {
                texts.add(symbols.text(element.getString()));
            }
        }
        return texts;
    }
}
