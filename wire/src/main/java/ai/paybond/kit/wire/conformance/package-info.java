/**
 * Runs files of Paybond test vectors through the public API of this module. Start at
 * {@link ai.paybond.kit.wire.conformance.ConformanceSuite}. Vectors say what the TypeScript kit computes, so they are run with
 * {@link ai.paybond.kit.wire.Strictness#PEER} where that differs from what production refuses.
 */
@NullMarked
package ai.paybond.kit.wire.conformance;

import org.jspecify.annotations.NullMarked;
