/**
 * A rule for an application's own architecture test, since some ways around the guard show only in its code. Open
 * {@link ai.paybond.kit.springai.archunit.GuardedToolRules} first. Needs ArchUnit, which this library does not bring.
 */
@NullMarked
package ai.paybond.kit.springai.archunit;

import org.jspecify.annotations.NullMarked;
