package org.pregonero.dispatcher.delivery.web;

import java.util.List;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.delivery.ChannelControl;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/channels")
class ChannelController {

    private final ChannelControl channels;

    ChannelController(ChannelControl channels) {
        this.channels = channels;
    }

    @GetMapping
    List<ChannelControl.ChannelView> all() {
        return channels.all();
    }

    @PostMapping("/{channel}/pause")
    List<ChannelControl.ChannelView> pause(@PathVariable String channel, Actor actor) {
        channels.pause(new Channel(channel), actor);
        return channels.all();
    }

    @PostMapping("/{channel}/resume")
    List<ChannelControl.ChannelView> resume(@PathVariable String channel, Actor actor) {
        channels.resume(new Channel(channel), actor);
        return channels.all();
    }
}
