package org.pregonero.dispatcher.account;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Makes whoever types wrong passwords wait, the longer the more of them: by address of the network, by user name and address
 * together, and, only after more, by user name alone. So a stranger who knows a name does not lock its owner out: an
 * address from which the owner has logged in before never waits for what others try elsewhere. The count is in the database,
 * so that neither a start anew nor another process forgets it. An attempt counts as wrong until its password was right: of
 * many attempts at one time, none comes for free.
 */
@Repository
class LoginAttempts {

    /** So many are free: people mistype. */
    private static final int FREE_BY_BOTH = 5;
    /** More, because a whole office may share an address. */
    private static final int FREE_BY_ADDRESS = 20;
    /** More, because these are others' as well: against guesses that come from everywhere. */
    private static final int FREE_BY_USERNAME = 20;

    /** Bytes of an IPv6 address that tell one network from another; the rest its user chooses. */
    private static final int NETWORK = 8;

    private final JdbcClient jdbc;

    LoginAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Counts an attempt.
     *
     * @return how long to wait if no password is looked at now
     */
    Optional<Duration> begin(String username, String address) {
        // The address first: who has to wait there must not make the owner of an account wait as well.
        return begin(byAddress(address), FREE_BY_ADDRESS)
                .or(() -> begin(byBoth(username, address), FREE_BY_BOTH))
                .or(() -> known(username, address) ? Optional.empty() : begin(byUsername(username), FREE_BY_USERNAME));
    }

    /** Takes an attempt back, whose password was not looked at. */
    void forget(String username, String address) {
        takeBack(byAddress(address));
        takeBack(byBoth(username, address));
        if (!known(username, address)) {
            takeBack(byUsername(username));
        }
    }

    void succeeded(String username, String address) {
        // Takes back its own attempt only: one right password must not pay for guesses at others, or by others.
        forget(username, address);
        jdbc.sql("""
                        update login_attempt set failures = 0, closed_until = null, succeeded_at = now()
                        where subject = :subject""").param("subject", byBoth(username, address)).update();
        jdbc.sql("""
                        delete from login_attempt
                        where last_at < now() - interval '1 day'
                          and (succeeded_at is null or succeeded_at < now() - interval '90 days')""").update();
    }

    /** Whether whoever tries this user name from this address now has to wait. */
    boolean closed(String username, String address) {
        return jdbc.sql(
                        "select exists (select from login_attempt where subject in (:subjects) and closed_until > now())")
                .param("subjects", List.of(byAddress(address), byBoth(username, address)))
                .query(Boolean.class)
                .single();
    }

    private boolean known(String username, String address) {
        return jdbc.sql("""
                        select exists (select from login_attempt
                                       where subject = :subject and succeeded_at >= now() - interval '90 days')""")
                .param("subject", byBoth(username, address))
                .query(Boolean.class)
                .single();
    }

    private void takeBack(byte[] subject) {
        jdbc.sql("""
                        update login_attempt set failures = greatest(failures - 1, 0), closed_until = null
                        where subject = :subject""").param("subject", subject).update();
    }

    private Optional<Duration> begin(byte[] subject, int free) {
        boolean open =
                jdbc.sql("""
                        insert into login_attempt as known (subject, failures) values (:subject, 1)
                        on conflict (subject) do update set
                            failures = case when known.last_at < now() - interval '1 day' then 1
                                            else known.failures + 1 end,
                            last_at = now(),
                            closed_until = case
                                when known.failures + 1 >= :free and known.last_at >= now() - interval '1 day'
                                then now() + least(interval '30 seconds' * power(2, least(known.failures + 1 - :free, 9)),
                                                   interval '15 minutes') end
                        where known.closed_until is null or known.closed_until <= now()""").param("subject", subject).param("free", free).update() == 1;
        return open ? Optional.empty() : Optional.of(untilOpen(subject));
    }

    private Duration untilOpen(byte[] subject) {
        return jdbc.sql("""
                        select greatest(ceil(extract(epoch from closed_until - now())), 1)::bigint from login_attempt
                        where subject = :subject and closed_until is not null""")
                .param("subject", subject)
                .query(Long.class)
                .optional()
                .map(Duration::ofSeconds)
                .orElse(Duration.ofSeconds(1));
    }

    private static byte[] byUsername(String username) {
        return DigestUtils.sha256("username " + Accounts.normalised(username));
    }

    private static byte[] byBoth(String username, String address) {
        return DigestUtils.sha256("username " + Accounts.normalised(username) + " address " + network(address));
    }

    private static byte[] byAddress(String address) {
        return DigestUtils.sha256("address " + network(address));
    }

    private static String network(String address) {
        try {
            // only literal addresses come here: nothing is looked up
            var bytes = InetAddress.getByName(address);
            return HexFormat.of()
                    .formatHex(
                            bytes instanceof Inet6Address
                                    ? Arrays.copyOf(bytes.getAddress(), NETWORK)
                                    : bytes.getAddress());
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
