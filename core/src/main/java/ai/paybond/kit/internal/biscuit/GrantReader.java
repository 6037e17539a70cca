package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;

import biscuit.format.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the grant from the authority block alone. No later block can hold a fact and no block a rule, so there is
 * nothing to query: what the issuer signed is what is read, and a fact that is missing, repeated or of another type
 * makes the token unusable instead of ambiguous.
 */
final class GrantReader {

    private static final long END_OF_YEAR_9999 = 253_402_300_799L;

    private final SymbolBook symbols;
    private final Map<String, List<Schema.TermV2>> values = new HashMap<>();

    private GrantReader(SymbolBook symbols) {
        this.symbols = symbols;
    }

    static Grant read(TokenShape token) throws RejectedTokenException {
        GrantReader reader = new GrantReader(token.symbols());
        for (Schema.FactV2 fact : token.blocks().get(0).getFactsV2List()) {
            reader.collect(fact.getPredicate());
        }
        return reader.grant();
    }

    private void collect(Schema.PredicateV2 fact) throws RejectedTokenException {
        String name = symbols.text(fact.getName());
        if (AmbientFacts.isReserved(name)) {
            throw malformed("the token states a fact that only a verifier may state");
        }
        // facts outside the profile serve the issuer's own checks; those inside it have one term each
        values.computeIfAbsent(name, unused -> new ArrayList<>())
                .add(fact.getTermsCount() == 1 ? fact.getTerms(0) : Schema.TermV2.getDefaultInstance());
    }

    private Grant grant() throws RejectedTokenException {
        String currency = optionalText("currency");
        String holder = optionalText("holder");
        return new Grant(
                text("tenant"),
                text("intent"),
                optionalText("payee"),
                operations(),
                cents("max_spend_cents"),
                currency == null ? null : currency.toLowerCase(Locale.ROOT),
                date("expires_at"),
                optionalText("jti"),
                holder == null ? null : HolderName.key(holder));
    }

    private Set<String> operations() throws RejectedTokenException {
        Set<String> operations = new LinkedHashSet<>();
        for (Schema.TermV2 operation : values.getOrDefault("operation", List.of())) {
            operations.add(text("operation", operation));
        }
        return operations;
    }

    private String text(String name) throws RejectedTokenException {
        return text(name, single(name));
    }

    private @Nullable String optionalText(String name) throws RejectedTokenException {
        return values.containsKey(name) ? text(name) : null;
    }

    private String text(String name, Schema.TermV2 term) throws RejectedTokenException {
        if (!term.hasString() || symbols.text(term.getString()).isBlank()) {
            throw malformed("the fact " + name + " is no text");
        }
        return symbols.text(term.getString());
    }

    private long cents(String name) throws RejectedTokenException {
        Schema.TermV2 term = single(name);
        if (!term.hasInteger() || term.getInteger() < 0) {
            throw malformed("the fact " + name + " is no amount");
        }
        return term.getInteger();
    }

    private long date(String name) throws RejectedTokenException {
        Schema.TermV2 term = single(name);
        if (!term.hasDate() || term.getDate() < 0 || term.getDate() > END_OF_YEAR_9999) {
            throw malformed("the fact " + name + " is no date");
        }
        return term.getDate();
    }

    private Schema.TermV2 single(String name) throws RejectedTokenException {
        List<Schema.TermV2> terms = values.getOrDefault(name, List.of());
        if (terms.size() != 1) {
            throw malformed("the token has not exactly one fact " + name);
        }
        return terms.get(0);
    }
}
