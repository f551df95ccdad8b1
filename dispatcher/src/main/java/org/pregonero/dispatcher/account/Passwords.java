package org.pregonero.dispatcher.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Which passwords may be chosen: long ones that are not the first that a guesser would try. What they are made of is
 * nobody's business (NIST SP 800-63B, 3.1.1.2).
 */
@Component
class Passwords {

    static final int SHORTEST = 12;
    /** To hash more would only cost time. */
    static final int LONGEST = 200;

    /** Without letters and digits that are mistaken for each other when read aloud or from paper. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private final SecureRandom random = new SecureRandom();
    private final Set<String> commonest;

    Passwords() {
        try {
            commonest = new ClassPathResource("account/commonest-passwords.txt")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What speaks against a password: the key of a message, {@code account.password.short} and the like. */
    Optional<String> objection(String password, String username) {
        var normalised = normalised(password);
        var length = normalised.codePointCount(0, normalised.length());
        if (length < SHORTEST) {
            return Optional.of("account.password.short");
        }
        if (length > LONGEST) {
            return Optional.of("account.password.long");
        }
        var plain = normalised.strip().toLowerCase(Locale.ROOT);
        if (plain.equals(Accounts.normalised(username))) {
            return Optional.of("account.password.username");
        }
        return commonest.contains(plain) || plain.chars().distinct().count() < 3
                ? Optional.of("account.password.common")
                : Optional.empty();
    }

    /** One to be used once, in four groups that can be read over the telephone: 80 bits of chance. */
    String oneTime() {
        var password = new StringBuilder();
        for (var place = 0; place < 16; place++) {
            password.append(place > 0 && place % 4 == 0 ? "-" : "")
                    .append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    /** The same text for the same password, however a keyboard composes its letters. */
    static String normalised(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }
}
