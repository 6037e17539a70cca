package ai.paybond.kit.paegents.x402;

import ai.paybond.kit.paegents.usdc.UsdcToken;

/** The generations of x402. Paegents speaks version 1. */
public enum X402Version {
    V1(1, "X-PAYMENT", "maxAmountRequired"),
    V2(2, "PAYMENT-SIGNATURE", "amount");

    private final int number;
    private final String header;
    private final String amountMember;

    X402Version(int number, String header, String amountMember) {
        this.number = number;
        this.header = header;
        this.amountMember = amountMember;
    }

    public int number() {
        return number;
    }

    /** The name of the header that carries the payment. */
    public String header() {
        return header;
    }

    String amountMember() {
        return amountMember;
    }

    String network(UsdcToken token) {
        return this == V1 ? token.network() : token.caip2();
    }
}
