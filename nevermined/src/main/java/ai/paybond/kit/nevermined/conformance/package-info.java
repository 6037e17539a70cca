/**
 * Runs the Nevermined vector files through this module. Start at
 * {@link ai.paybond.kit.nevermined.conformance.NeverminedConformance}.
 */
@NullMarked
package ai.paybond.kit.nevermined.conformance;

import org.jspecify.annotations.NullMarked;
