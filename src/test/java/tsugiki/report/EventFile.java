package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Summary;

/** Reads event files by an own, bitwise CRC, so that the writer's is checked against another. */
public final class EventFile {
  private static final int REVERSED_CASTAGNOLI = 0x82f63b78;

  private EventFile() {}

  /** All events of a file; fails on a wrong checksum. */
  public static List<Event> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] header = Arrays.copyOfRange(in.array(), in.position(), in.position() + 8);
      byte[] data = new byte[Math.toIntExact(in.getLong())];
      assertThat(in.getInt()).as("checksum of the length").isEqualTo(masked(header));
      in.get(data);
      assertThat(in.getInt()).as("checksum of the data").isEqualTo(masked(data));
      events.add(Event.parseFrom(data));
    }
    return events;
  }

  /** The tags of all histograms in a run's event files. */
  public static Set<String> histograms(Path run) throws IOException {
    Set<String> tags = new TreeSet<>();
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(f -> f.toString().contains("tfevents")).toList()) {
        read(file).stream()
            .flatMap(event -> event.getSummary().getValueList().stream())
            .filter(Summary.Value::hasHisto)
            .forEach(value -> tags.add(value.getTag()));
      }
    }
    return tags;
  }

  /** The graph in a run's event files, which has one. */
  public static GraphDef graph(Path run) throws IOException {
    List<GraphDef> graphs = graphs(run);
    assertThat(graphs).hasSize(1);
    return graphs.get(0);
  }

  /** All graphs in a run's events, the newest last. */
  public static List<GraphDef> graphs(Path run) throws IOException {
    List<GraphDef> graphs = new ArrayList<>();
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(f -> f.toString().contains("tfevents")).toList()) {
        for (Event event : read(file)) {
          if (event.getWhatCase() == Event.WhatCase.GRAPH_DEF) {
            graphs.add(GraphDef.parseFrom(event.getGraphDef()));
          }
        }
      }
    }
    return graphs;
  }

  static int crc32c(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REVERSED_CASTAGNOLI;
      }
    }
    return ~crc;
  }

  private static int masked(byte[] data) {
    int crc = crc32c(data);
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }
}
