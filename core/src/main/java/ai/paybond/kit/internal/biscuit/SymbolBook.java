package ai.paybond.kit.internal.biscuit;

import biscuit.format.schema.Schema;
import java.util.HashSet;
import java.util.Set;
import org.biscuitsec.biscuit.datalog.SymbolTable;

/**
 * The token's symbol table, block by block, without the two ways in which the library's own may differ from what the
 * issuer meant: it drops a repeated symbol and thereby renumbers all later ones, and it prints an unknown number as if
 * it were a text.
 */
final class SymbolBook {

    private static final int MAX_LENGTH = 1024;

    private final SymbolTable table = new SymbolTable();
    private final Set<String> seen = new HashSet<>(SymbolTable.defaultSymbols);
    private final int limit;

    SymbolBook(int limit) {
        this.limit = limit;
    }

    /** Appends the block's symbols; only they and earlier ones can be referred to from here on. */
    void append(Schema.Block block) throws RejectedTokenException {
        RejectedTokenException.requireAtMost("symbols", (long) table.symbols.size() + block.getSymbolsCount(), limit);
        for (int i = 0; i < block.getSymbolsCount(); i++) {
            if (!block.getSymbolsBytes(i).isValidUtf8()) {
                throw RejectedTokenException.malformed("a symbol is no UTF-8");
            }
            append(block.getSymbols(i));
        }
    }

    private void append(String symbol) throws RejectedTokenException {
        RejectedTokenException.requireAtMost("characters in a symbol", symbol.length(), MAX_LENGTH);
        if (!seen.add(symbol)) {
            throw RejectedTokenException.malformed("a symbol is repeated");
        }
        table.symbols.add(symbol);
    }

    /** The text behind a reference. */
    String text(long reference) throws RejectedTokenException {
        int index = (int) reference;
        if (index != reference || table.get_s(index).isEmpty()) {
            throw RejectedTokenException.malformed("a symbol is not defined");
        }
        return table.get_s(index).get();
    }

    /** The library's view of the same table, for printing. */
    SymbolTable table() {
        return table;
    }
}
