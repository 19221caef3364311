package tsugiki.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;
import tsugiki.base.AtomicFile;

/**
 * The operations that TensorFlow carried out, as a trace that {@code chrome://tracing} and Perfetto
 * open: a process for each device, a bar for each operation, and as many rows as operations ran at
 * once, since TensorFlow names no threads of a CPU. The format is Google's "Trace Event Format":
 * complete events ({@code "ph": "X"}) with begin and length in microseconds.
 */
public final class ChromeTrace {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChromeTrace() {}

  /**
   * Writes it, in one step.
   *
   * @param file where to
   * @param runs of sessions, one after the other
   */
  public static void write(Path file, List<RunMetadata> runs) {
    byte[] json = json(runs);
    AtomicFile.write(file, out -> out.write(json));
  }

  private static byte[] json(List<RunMetadata> runs) {
    List<Map<String, Object>> events = new ArrayList<>();
    Map<String, Integer> processes = new LinkedHashMap<>();
    Map<Integer, List<Long>> rows = new HashMap<>();
    long origin = origin(runs);
    for (RunMetadata run : runs) {
      for (DeviceStepStats device : run.getStepStats().getDevStatsList()) {
        int process = processes.computeIfAbsent(device.getDevice(), name -> processes.size() + 1);
        List<Long> ends = rows.computeIfAbsent(process, number -> new ArrayList<>());
        device.getNodeStatsList().stream()
            .sorted(Comparator.comparingLong(NodeExecStats::getAllStartMicros))
            .forEach(node -> events.add(event(node, process, row(node, ends), origin)));
      }
    }
    processes.forEach((device, process) -> events.add(0, name(device, process)));
    try {
      return JSON.writeValueAsBytes(Map.of("displayTimeUnit", "ms", "traceEvents", events));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The first row that is free when an operation begins.
   *
   * @param ends when each row's last operation ended; the operation is added
   */
  private static int row(NodeExecStats node, List<Long> ends) {
    int row = 0;
    while (row < ends.size() && ends.get(row) > node.getAllStartMicros()) {
      row++;
    }
    long end = node.getAllStartMicros() + length(node);
    if (row == ends.size()) {
      ends.add(end);
    } else {
      ends.set(row, end);
    }
    return row;
  }

  /** In microseconds; an operation of less than one would be no bar. */
  private static long length(NodeExecStats node) {
    return Math.max(1, node.getAllEndRelMicros());
  }

  /** The first moment, which becomes the trace's 0. */
  private static long origin(List<RunMetadata> runs) {
    return runs.stream()
        .flatMap(run -> run.getStepStats().getDevStatsList().stream())
        .flatMap(device -> device.getNodeStatsList().stream())
        .mapToLong(NodeExecStats::getAllStartMicros)
        .min()
        .orElse(0);
  }

  private static Map<String, Object> event(NodeExecStats node, int process, int row, long origin) {
    String operation = operation(node);
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("ph", "X");
    event.put("name", operation);
    event.put("cat", "operation");
    event.put("pid", process);
    event.put("tid", row);
    event.put("ts", node.getAllStartMicros() - origin);
    event.put("dur", length(node));
    event.put("args", Map.of("node", node.getNodeName(), "label", node.getTimelineLabel()));
    return event;
  }

  /** The kind of the operation: TensorFlow's label is {@code name = Kind(inputs)}. */
  private static String operation(NodeExecStats node) {
    String label = node.getTimelineLabel();
    int from = label.indexOf(" = ");
    int to = label.indexOf('(', from);
    return from < 0 || to < 0 ? node.getNodeName() : label.substring(from + 3, to);
  }

  private static Map<String, Object> name(String device, int process) {
    return Map.of(
        "ph", "M", "name", "process_name", "pid", process, "args", Map.of("name", device));
  }
}
