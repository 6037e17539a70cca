/**
 * Runs files of Ethereum and Paegents test vectors through the public API of this module. Start at
 * {@link ai.paybond.kit.paegents.conformance.PaegentsConformance}.
 */
@NullMarked
package ai.paybond.kit.paegents.conformance;

import org.jspecify.annotations.NullMarked;
