/**
 * The five workflows of Paegents' documentation, each one class with a {@code main} that runs it against an embedded sandbox,
 * and guarded LangChain4j and Spring AI tools that run on an agreement's units. Start at
 * {@link ai.paybond.kit.examples.paegents.EscrowPurchase}.
 */
@NullMarked
package ai.paybond.kit.examples.paegents;

import org.jspecify.annotations.NullMarked;
