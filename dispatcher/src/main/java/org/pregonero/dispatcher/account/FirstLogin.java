package org.pregonero.dispatcher.account;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.runtime.PrivateFile;
import org.pregonero.dispatcher.runtime.StartFailure;
import org.pregonero.dispatcher.runtime.StartLine;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the first account where there is none, and leaves its password and API key in a file that only the owner of
 * the process can read. There is no password that every installation shares.
 */
@Configuration(proxyBeanMethods = false)
class FirstLogin {

    private static final String FILE = "first-login.txt";
    private static final String USERNAME = "admin";

    @Bean
    SmartInitializingSingleton firstAccount(
            Accounts accounts, AuditTrail audit, DataDirectory data, TransactionTemplate transaction) {
        return () -> {
            if (accounts.isEmpty()) {
                transaction.executeWithoutResult(status -> {
                    // Of several processes that start together, the others wait here and then find an account.
                    accounts.lock();
                    if (accounts.isEmpty()) {
                        create(accounts, audit, data);
                    }
                });
            }
        };
    }

    @Bean
    StartLine firstLoginLine(DataDirectory data) {
        return new StartLine(110, () -> {
            var file = data.resolve(FILE);
            return Files.exists(file)
                    ? "Primer ingreso: el usuario y la clave están en " + file
                    : "Ingreso: con su usuario y su clave";
        });
    }

    private static void create(Accounts accounts, AuditTrail audit, DataDirectory data) {
        String password = PrivateFile.randomSecret().substring(0, 24);
        Actor admin = accounts.create(USERNAME, "Administración", password, EnumSet.of(Role.ADMIN));
        String key = accounts.createApiKey(admin.id(), "primer ingreso");
        audit.record(Actor.SYSTEM, "account.create", "account/" + admin.id(), null, admin);
        try {
            // Before the commit: a file that is one attempt ahead gets written again, an account whose password
            // nobody ever saw would be there for good.
            new PrivateFile(data.resolve(FILE))
                    .write("user: " + USERNAME + "\npassword: " + password + "\napi-key: " + key + "\n");
        } catch (IOException e) {
            throw new StartFailure(
                    "No se pudo escribir " + data.resolve(FILE) + ", con la clave del primer ingreso.",
                    "Revise los permisos y el espacio en disco del directorio de datos.",
                    e);
        }
    }
}
