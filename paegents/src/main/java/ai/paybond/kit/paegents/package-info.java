/**
 * Paegents for Java. Open {@link ai.paybond.kit.paegents.client.PaegentsClient} to talk to it,
 * {@link ai.paybond.kit.paegents.activation.ActivationFlow} to activate an escrow, and
 * {@link ai.paybond.kit.paegents.rail.PaegentsRail} to run guarded tools on an agreement. Everything signed is checked first;
 * every refusal to sign is a {@link ai.paybond.kit.paegents.SigningRefusedException}.
 */
@NullMarked
package ai.paybond.kit.paegents;

import org.jspecify.annotations.NullMarked;
