package ai.paybond.kit.springai.web.approvals;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.util.ClassUtils;

/** Roles are Spring Security's; where it is not there, nobody has one. */
final class Roles {

    private static final boolean SECURITY =
            ClassUtils.isPresent("org.springframework.security.core.Authentication", Roles.class.getClassLoader());

    private Roles() {}

    static boolean has(@Nullable Principal principal, String authority) {
        return SECURITY && Security.has(principal, authority);
    }

    /** Loaded with Spring Security only. */
    private static final class Security {
        static boolean has(@Nullable Principal principal, String authority) {
            return principal instanceof Authentication authentication
                    && authentication.isAuthenticated()
                    && authentication.getAuthorities().stream()
                            .anyMatch(granted -> authority.equals(granted.getAuthority()));
        }
    }
}
