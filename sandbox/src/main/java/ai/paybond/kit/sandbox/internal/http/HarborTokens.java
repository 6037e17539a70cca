package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.ed25519.SigningKey;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Harbor access tokens: EdDSA JWTs with {@code iss}, {@code aud}, {@code sub}, {@code tid}, {@code env}, {@code roles},
 * {@code iat}, {@code exp} and {@code jti}. The claims are ours, see docs/decisions; clients must treat them as opaque.
 */
public final class HarborTokens {
    static final String ISSUER = "paybond-sandbox";
    static final String AUDIENCE = "paybond-harbor";
    private static final int MAX_CHARS = 4096;

    private final PrivateKey key;
    private final JwtParser parser;
    private final Clock clock;
    private final Duration lifetime;

    public HarborTokens(SigningKey key, Clock clock, Duration lifetime) {
        this.key = JdkEd25519.privateKey(key.exposeSeed());
        this.clock = clock;
        this.lifetime = lifetime;
        this.parser = Jwts.parser()
                .verifyWith(JdkEd25519.publicKey(key.publicKey().bytes()))
                .clock(() -> Date.from(clock.instant()))
                .requireIssuer(ISSUER)
                .requireAudience(AUDIENCE)
                .json(new JwtJson.Reader())
                .build();
    }

    Duration lifetime() {
        return lifetime;
    }

    String issue(Caller caller) {
        Instant now = clock.instant();
        return Jwts.builder()
                .json(new JwtJson.Writer())
                .issuer(ISSUER)
                .audience()
                .single(AUDIENCE)
                .subject(caller.keyId())
                .claim("tid", caller.tenantId())
                .claim("env", caller.environment())
                .claim("roles", List.of(caller.role()))
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(lifetime)))
                .id(UUID.randomUUID().toString())
                .signWith(key, Jwts.SIG.EdDSA)
                .compact();
    }

    /** The API key that a valid, unexpired token was issued to. */
    Optional<String> keyIdOf(String token) {
        if (token.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            Claims claims = parser.parseSignedClaims(token).getPayload();
            return claims.getExpiration() == null ? Optional.empty() : Optional.ofNullable(claims.getSubject());
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
