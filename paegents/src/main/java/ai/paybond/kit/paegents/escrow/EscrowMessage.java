package ai.paybond.kit.paegents.escrow;

/** What can be signed towards an escrow contract. */
public enum EscrowMessage {
    BUYER_ACTIVATION,
    INITIATE_CLOSE,
    SELLER_CLAIM,
    BUYER_WITHDRAW
}
