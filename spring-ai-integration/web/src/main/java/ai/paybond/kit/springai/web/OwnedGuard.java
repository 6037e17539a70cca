package ai.paybond.kit.springai.web;

import ai.paybond.kit.guard.ToolGuard;
import org.jspecify.annotations.Nullable;

/**
 * A guard and on whose behalf it acts.
 *
 * @param owner the user's name; null for the application itself
 * @param guard the guard
 */
public record OwnedGuard(@Nullable String owner, ToolGuard guard) {}
