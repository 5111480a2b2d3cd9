package io.tidescope.bench;

import java.util.ArrayList;
import java.util.List;

/** How something grows that is looked at again and again: the line of least squares through it. */
public final class Trend {
    private final List<double[]> points = new ArrayList<>();

    public void add(double x, double y) {
        points.add(new double[] {x, y});
    }

    /** What y grows by when x grows by one; 0 for fewer than two points. */
    public double slope() {
        double meanX = mean(0);
        double meanY = mean(1);
        double covariance = 0;
        double variance = 0;
        for (double[] point : points) {
            covariance += (point[0] - meanX) * (point[1] - meanY);
            variance += (point[0] - meanX) * (point[0] - meanX);
        }
        return variance == 0 ? 0 : covariance / variance;
    }

    /** Where the line is at some x, also beyond the points. */
    public double at(double x) {
        return mean(1) + slope() * (x - mean(0));
    }

    private double mean(int coordinate) {
        return points.stream().mapToDouble(point -> point[coordinate]).average().orElse(0);
    }

    public double first() {
        return points.getFirst()[1];
    }

    public double last() {
        return points.getLast()[1];
    }
}
