package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.requireAtMost;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.unsupported;

import biscuit.format.schema.Schema;
import java.util.List;

/**
 * What a block may hold. The authority block: facts and checks. Every later block: checks, and nothing that could add
 * to what was granted. A third party's block may state one fact besides.
 */
final class BlockShape {

    private static final int MIN_VERSION = 3;
    private static final int MAX_VERSION = 5;
    private static final int MAX_CONTEXT = 256;
    private static final int MAX_CHECKS = 16;
    private static final int MAX_QUERIES = 4;
    private static final int MAX_AUTHORITY_PREDICATES = 4;
    private static final int MAX_PREDICATES = 2;
    private static final int MAX_TERMS = 8;
    private static final int MAX_EXPRESSIONS = 8;
    private static final int MAX_OPERATORS = 32;
    private static final int MAX_SET = 64;
    private static final int MAX_BYTES = 1024;

    private final SymbolBook symbols;
    private final JoinBudget joins;
    private final int maxFacts;

    BlockShape(SymbolBook symbols, JoinBudget joins, int maxFacts) {
        this.symbols = symbols;
        this.joins = joins;
        this.maxFacts = maxFacts;
    }

    void checkAuthority(Schema.Block block) throws RejectedTokenException {
        checkCommon(block);
        requireAtMost("facts", block.getFactsV2Count(), maxFacts);
        for (Schema.FactV2 fact : block.getFactsV2List()) {
            checkFact(fact.getPredicate());
        }
        checkChecks(block.getChecksV2List(), MAX_AUTHORITY_PREDICATES);
    }

    void checkNarrowing(Schema.Block block) throws RejectedTokenException {
        checkCommon(block);
        if (block.getFactsV2Count() > 0) {
            throw unsupported("a block after the first brings facts");
        }
        checkChecks(block.getChecksV2List(), MAX_PREDICATES);
    }

    /** Facts are limited to the one statement that {@link TokenTerms} reads; they are seen by nothing but that. */
    void checkThirdParty(Schema.Block block) throws RejectedTokenException {
        checkCommon(block);
        requireAtMost("facts of a third party", block.getFactsV2Count(), 1);
        for (Schema.FactV2 fact : block.getFactsV2List()) {
            checkFact(fact.getPredicate());
        }
        checkChecks(block.getChecksV2List(), MAX_PREDICATES);
    }

    private void checkCommon(Schema.Block block) throws RejectedTokenException {
        if (block.getVersion() < MIN_VERSION || block.getVersion() > MAX_VERSION) {
            throw unsupported("a block is of another Biscuit version");
        }
        if (block.getRulesV2Count() > 0) {
            throw unsupported("a block brings rules");
        }
        if (block.getScopeCount() > 0 || block.getPublicKeysCount() > 0) {
            throw unsupported("a block trusts other blocks");
        }
        requireAtMost("characters of context", block.getContext().length(), MAX_CONTEXT);
        symbols.append(block);
    }

    private void checkFact(Schema.PredicateV2 fact) throws RejectedTokenException {
        checkPredicate(fact);
        for (Schema.TermV2 term : fact.getTermsList()) {
            if (term.hasVariable()) {
                throw malformed("a fact holds a variable");
            }
        }
        joins.countFact(symbols.text(fact.getName()));
    }

    private void checkChecks(List<Schema.CheckV2> checks, int maxPredicates) throws RejectedTokenException {
        requireAtMost("checks in a block", checks.size(), MAX_CHECKS);
        for (Schema.CheckV2 check : checks) {
            requireAtMost("queries in a check", check.getQueriesCount(), MAX_QUERIES);
            for (Schema.RuleV2 query : check.getQueriesList()) {
                checkQuery(query, maxPredicates);
            }
        }
    }

    private void checkQuery(Schema.RuleV2 query, int maxPredicates) throws RejectedTokenException {
        if (query.getScopeCount() > 0) {
            throw unsupported("a check trusts other blocks");
        }
        requireAtMost("predicates in a query", query.getBodyCount(), maxPredicates);
        checkPredicate(query.getHead());
        for (Schema.PredicateV2 predicate : query.getBodyList()) {
            checkPredicate(predicate);
        }
        requireAtMost("expressions in a query", query.getExpressionsCount(), MAX_EXPRESSIONS);
        for (Schema.ExpressionV2 expression : query.getExpressionsList()) {
            checkExpression(expression);
        }
        joins.spend(query, symbols);
    }

    private void checkPredicate(Schema.PredicateV2 predicate) throws RejectedTokenException {
        requireAtMost("terms in a predicate", predicate.getTermsCount(), MAX_TERMS);
        symbols.text(predicate.getName());
        for (Schema.TermV2 term : predicate.getTermsList()) {
            checkTerm(term);
        }
    }

    private void checkExpression(Schema.ExpressionV2 expression) throws RejectedTokenException {
        requireAtMost("operators in an expression", expression.getOpsCount(), MAX_OPERATORS);
        for (Schema.Op op : expression.getOpsList()) {
            switch (op.getContentCase()) {
                case VALUE -> checkTerm(op.getValue());
                case BINARY -> checkOperator(op.getBinary().getKind());
                case UNARY -> {}
                case CONTENT_NOT_SET -> throw malformed("an operator is empty");
            }
        }
    }

    private static void checkOperator(Schema.OpBinary.Kind operator) throws RejectedTokenException {
        switch (operator) {
            // a short pattern with counted repeats costs hundreds of milliseconds in one step
            case Regex -> throw unsupported("a check matches a regular expression");
            // the library answers it the wrong way round for booleans
            case NotEqual -> throw unsupported("a check uses the operator !=");
            default -> {}
        }
    }

    private void checkTerm(Schema.TermV2 term) throws RejectedTokenException {
        if (term.hasSet()) {
            checkSet(term.getSet().getSetList());
        } else {
            checkScalar(term);
        }
    }

    private void checkSet(List<Schema.TermV2> elements) throws RejectedTokenException {
        requireAtMost("elements in a set", elements.size(), MAX_SET);
        for (Schema.TermV2 element : elements) {
            if (element.hasSet() || element.hasVariable()) {
                throw malformed("a set holds a set or a variable");
            }
            checkScalar(element);
        }
    }

    private void checkScalar(Schema.TermV2 term) throws RejectedTokenException {
        switch (term.getContentCase()) {
            case VARIABLE -> symbols.text(Integer.toUnsignedLong(term.getVariable()));
            case STRING -> symbols.text(term.getString());
            case BYTES -> requireAtMost("bytes in a term", term.getBytes().size(), MAX_BYTES);
            case CONTENT_NOT_SET -> throw malformed("a term is empty");
            default -> {}
        }
    }
}
