package org.pregonero.dispatcher.delivery.web;

import java.util.List;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.delivery.ChannelControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

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
        channels.pause(known(channel), actor);
        return channels.all();
    }

    @PostMapping("/{channel}/resume")
    List<ChannelControl.ChannelView> resume(@PathVariable String channel, Actor actor) {
        channels.resume(known(channel), actor);
        return channels.all();
    }

    private Channel known(String code) {
        return channels.all().stream()
                .filter(view -> view.channel().equals(code))
                .findFirst()
                .map(view -> new Channel(view.channel()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No existe ese canal."));
    }
}
