package ai.paybond.kit.springai.web;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.util.ClassUtils;

/** What Spring Security wraps around a principal, where it is there. */
final class Principals {

    private static final boolean SECURITY =
            ClassUtils.isPresent("org.springframework.security.core.Authentication", Principals.class.getClassLoader());

    private Principals() {}

    static @Nullable Object innermost(@Nullable Principal principal) {
        return SECURITY ? Security.innermost(principal) : principal;
    }

    /** Loaded with Spring Security only. */
    private static final class Security {
        static @Nullable Object innermost(@Nullable Principal principal) {
            return principal instanceof Authentication authentication && authentication.isAuthenticated()
                    ? authentication.getPrincipal()
                    : principal;
        }
    }
}
