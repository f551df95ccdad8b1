package org.pregonero.dispatcher.message;

import java.util.List;
import org.pregonero.dispatcher.plan.ActionMessages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which action of a plan a message was begun from, so that the plan shows what has become of it. */
@Repository
public class MessagesOfActions implements ActionMessages {

    private final JdbcClient jdbc;

    MessagesOfActions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Nothing happens where the action has gone meanwhile. */
    public void keep(long message, long action) {
        jdbc.sql(
                        "update message set action_id = a.id from plan_action a where a.id = :action and message.id = :message")
                .param("action", action)
                .param("message", message)
                .update();
    }

    @Override
    public List<Written> ofPlan(long plan) {
        return jdbc.sql("""
                        select m.action_id, m.id as message_id, v.title, o.state
                        from message m
                        join plan_action a on a.id = m.action_id
                        join lateral (select title from message_version where message_id = m.id
                                      order by number desc limit 1) v on true
                        left join lateral (select o.state from occurrence o join message_version ov on ov.id = o.version_id
                                           where ov.message_id = m.id order by o.id desc limit 1) o on true
                        where a.plan_id = :plan order by m.id
                        """).param("plan", plan).query(Written.class).list();
    }
}
