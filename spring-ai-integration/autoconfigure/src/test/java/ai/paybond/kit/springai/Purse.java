package ai.paybond.kit.springai;

import ai.paybond.kit.annotation.CapabilityGuarded;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;

/** Public, because Spring AI calls no method of a proxied class that is not. Tools that pay; every cent that really left is counted, whoever called. */
public class Purse {

    private final AtomicLong paid;

    @Autowired
    Purse(AtomicLong paid) {
        this.paid = paid;
    }

    /** For proxies of the class. */
    Purse() {
        this(new AtomicLong());
    }

    @Tool
    @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true)
    public String pay(long cents) {
        paid.addAndGet(cents);
        return "paid";
    }

    @Tool(returnDirect = true)
    @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true)
    public String tip(long cents) {
        paid.addAndGet(cents);
        return "tipped";
    }

    @Tool
    @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true)
    public String payKnowing(long cents, ToolContext context) {
        paid.addAndGet(cents);
        return "paid";
    }
}
