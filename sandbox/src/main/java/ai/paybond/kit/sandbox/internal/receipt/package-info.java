/**
 * What the sandbox signs about what happened: agent receipts, settlement receipts, and the transparency log that the
 * former stand in. Open {@link ai.paybond.kit.sandbox.internal.receipt.ReceiptIssuer} for how they come about and
 * {@link ai.paybond.kit.sandbox.internal.receipt.ReceiptEndpoints} for the routes.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.receipt;

import org.jspecify.annotations.NullMarked;
