package ai.paybond.kit.sandbox.internal.http;

import java.util.Set;

/** What a restricted key can be given. A scope to write covers reading. */
public enum Scope {
    DISCOVERY_READ("mcp.discovery:read"),
    SIGNAL_READ("mcp.signal:read"),
    COMPLIANCE_READ("mcp.compliance:read"),
    RECEIPTS_READ("mcp.receipts:read"),
    A2A_READ("mcp.a2a:read"),
    A2A_WRITE("mcp.a2a:write"),
    EVIDENCE_WRITE("mcp.evidence:write"),
    SPEND_WRITE("mcp.spend:write"),
    SETTLEMENT_WRITE("mcp.settlement:write"),
    SANDBOX_WRITE("mcp.sandbox:write");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    boolean isAmong(Set<String> granted) {
        return granted.contains(text) || granted.contains(text.replace(":read", ":write"));
    }
}
