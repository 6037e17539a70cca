/**
 * Nevermined Payments: an agent charges credits for a call. Open {@link ai.paybond.kit.nevermined.NeverminedPayments} first;
 * then {@link ai.paybond.kit.nevermined.PaymentRequired}, what an agent asks for, and
 * {@link ai.paybond.kit.nevermined.Settlement}, how charging for it came out.
 */
@NullMarked
package ai.paybond.kit.nevermined;

import org.jspecify.annotations.NullMarked;
