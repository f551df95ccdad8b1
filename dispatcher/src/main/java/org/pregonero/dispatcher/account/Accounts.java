package org.pregonero.dispatcher.account;

import static org.pregonero.dispatcher.runtime.Timestamps.instant;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.pregonero.dispatcher.runtime.PrivateFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The accounts and their API keys. */
@Repository
public class Accounts {

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    /** Compared with when there is no such account, so that the answer takes as long as for a wrong password. */
    private final String hashOfNobody;

    Accounts(JdbcClient jdbc, PasswordEncoder encoder) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.hashOfNobody = String.valueOf(encoder.encode(PrivateFile.randomSecret()));
    }

    /**
     * Adds an account.
     *
     * @param password in clear; only its Argon2id hash is kept
     */
    @Transactional
    public Actor create(String username, String displayName, String password, Set<Role> roles) {
        long id = jdbc.sql("""
                        insert into account (username, display_name, password_hash, roles)
                        values (:username, :displayName, :hash, :roles) returning id""")
                .param("username", normalised(username))
                .param("displayName", displayName)
                .param("hash", encoder.encode(Passwords.normalised(password)))
                .param("roles", names(roles))
                .query(Long.class)
                .single();
        return new Actor(id, normalised(username), displayName, roles);
    }

    /** Makes a key for all that the account may do. */
    public String createApiKey(long accountId, String name) {
        return createApiKey(accountId, name, EnumSet.allOf(Scope.class));
    }

    /** Makes a key for the HTTP API and returns it. It cannot be read again: only its hash is kept. */
    @Transactional
    public String createApiKey(long accountId, String name, Set<Scope> scopes) {
        String key = "pgn_" + PrivateFile.randomSecret();
        jdbc.sql("""
                        insert into api_key (account_id, name, scopes, key_hash)
                        values (:account, :name, :scopes, :hash)""")
                .param("account", accountId)
                .param("name", name)
                .param("scopes", names(scopes))
                .param("hash", DigestUtils.sha256(key))
                .update();
        return key;
    }

    public List<ApiKey> keys(long account) {
        return jdbc.sql("select * from api_key where account_id = :account order by id desc")
                .param("account", account)
                .query((row, n) -> new ApiKey(
                        row.getLong("id"),
                        row.getString("name"),
                        values(Scope.class, row.getArray("scopes")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row, "last_used_at"),
                        instant(row, "revoked_at")))
                .list();
    }

    /** All of them, by name. */
    public List<Account> all() {
        return jdbc.sql("select * from account order by disabled, lower(display_name), id")
                .query((row, n) -> account(row))
                .list();
    }

    public Optional<Account> find(long id) {
        return jdbc.sql("select * from account where id = :id")
                .param("id", id)
                .query((row, n) -> account(row))
                .optional();
    }

    @Transactional
    public void revokeApiKey(long keyId) {
        jdbc.sql("update api_key set revoked_at = now() where id = :id and revoked_at is null")
                .param("id", keyId)
                .update();
    }

    /** The account, if it exists, is not disabled, and the password is its own. */
    Optional<Authentication> withPassword(String username, String password) {
        record Row(Authentication account, String hash) {}
        Optional<Row> found = jdbc.sql("select * from account where username = :username and not disabled")
                .param("username", normalised(username))
                .query((rows, n) -> new Row(person(rows), rows.getString("password_hash")))
                .optional();
        boolean matches = encoder.matches(
                Passwords.normalised(password), found.map(Row::hash).orElse(hashOfNobody));
        return matches ? found.map(Row::account) : Optional.empty();
    }

    /** Whose user name this is, as somebody typed it. */
    Optional<Long> id(String username) {
        // what the database does not even take
        return username.indexOf('\0') >= 0
                ? Optional.empty()
                : jdbc.sql("select id from account where username = :username")
                        .param("username", normalised(username))
                        .query(Long.class)
                        .optional();
    }

    /** The account that logged in before, as it is now, if it is not disabled. */
    Optional<Authentication> signedIn(long id) {
        return jdbc.sql("select * from account where id = :id and not disabled")
                .param("id", id)
                .query((rows, n) -> person(rows))
                .optional();
    }

    /** The account whose key this is. Looked up by hash: how long that takes tells nothing about any key. */
    Optional<Authentication> withApiKey(String key) {
        byte[] hash = DigestUtils.sha256(key);
        Optional<Authentication> program = jdbc.sql("""
                        select a.*, k.scopes from api_key k join account a on a.id = k.account_id
                        where k.key_hash = :hash and k.revoked_at is null and not a.disabled""")
                .param("hash", hash)
                .query((rows, n) -> Authentications.program(actor(rows), values(Scope.class, rows.getArray("scopes"))))
                .optional();
        // Once a minute is precise enough, and spares a write for every request.
        program.ifPresent(known -> jdbc.sql("""
                        update api_key set last_used_at = now()
                        where key_hash = :hash
                          and (last_used_at is null or last_used_at < now() - interval '1 minute')""").param("hash", hash).update());
        return program;
    }

    boolean isEmpty() {
        return !jdbc.sql("select exists (select from account)")
                .query(Boolean.class)
                .single();
    }

    /** Until the end of the transaction, nobody else adds or changes an account. */
    void lock() {
        jdbc.sql("lock table account in share row exclusive mode").update();
    }

    private static Actor actor(ResultSet row) throws SQLException {
        return new Actor(
                row.getLong("id"),
                row.getString("username"),
                row.getString("display_name"),
                values(Role.class, row.getArray("roles")));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong("id"),
                row.getString("username"),
                row.getString("display_name"),
                values(Role.class, row.getArray("roles")),
                row.getBoolean("disabled"),
                row.getBoolean("password_temporary"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    static String[] names(Set<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    private static Authentication person(ResultSet row) throws SQLException {
        return Authentications.person(actor(row), row.getBoolean("password_temporary"));
    }

    static <E extends Enum<E>> Set<E> values(Class<E> type, Array names) throws SQLException {
        Set<E> values = EnumSet.noneOf(type);
        for (var name : (String[]) names.getArray()) {
            values.add(Enum.valueOf(type, name));
        }
        return values;
    }

    static String normalised(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }
}
