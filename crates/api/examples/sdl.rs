fn main() {
    print!("{}", api::sdl());
}
