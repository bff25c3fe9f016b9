namespace Samples
{
    internal class Refused
    {
        private int[,] _grid; // NANO003

        internal int At(int x, int y)
        {
            return _grid[x, y]; // NANO003
        }

        internal int Local()
        {
            byte[,,] cube = new byte[2, 2, 2]; // NANO003
            return cube.Length;
        }
    }

    internal class Accepted
    {
        private int[][] _rows;
        private int[] _cells;

        internal int At(int x, int y)
        {
            return _rows[y][x] + _cells[(y * 8) + x];
        }
    }
}
